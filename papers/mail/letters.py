"""Write the letters: the one that asks to confirm a list, and the day's papers of a list.

Each is plain text and simple HTML of the same words, in the language of the reader's interface.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from papers.http.links import absolute
from papers.mail.asked_list import AskedList
from papers.mail.signed_links import Purpose, token_of
from papers.models import MailedList, Paper
from papers.presentation.formatting import interface_language
from papers.text.author_names import split_authors
from papers.text.bilingual import HTML_LANG, Reading
from papers.text.sanitize import clean

NAMED = 3  # authors
LONGEST_NAME = 100  # characters of a list's name in a subject


@dataclass(frozen=True)
class Title:
    text: str
    lang: str


@dataclass(frozen=True)
class Item:
    """A paper: its titles in the reader's languages, its authors, its page."""

    titles: list[Title]
    authors: str
    address: str


@dataclass(frozen=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True)
class Letter:
    """What a letter says, in the order in which it says it."""

    subject: str
    lead: str
    items: list[Item] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    foot: str = ""

    def text(self) -> str:
        parts = [self.lead, *map(_item_as_text, self.items)]
        parts += [f"{link.label}\n{link.address}" for link in self.links]
        return "\n\n".join(filter(None, [*parts, self.foot])) + "\n"

    def html(self) -> str:
        lang = HTML_LANG[interface_language()]
        return render_to_string("mail/letter.html", {"letter": self, "lang": lang})


def _item_as_text(item: Item) -> str:
    return "\n".join([*(title.text for title in item.titles), item.authors, item.address])


def confirming_letter(row: MailedList, wanted: AskedList) -> EmailMultiAlternatives:
    """Return the letter that asks to confirm, or for a list that is sent already, says so."""
    with override(row.language):
        letter = _sent_already(row, wanted) if row.confirmed else _to_confirm(row, wanted)
        return _message(row, letter, str(row.asked.timestamp()))


def _to_confirm(row: MailedList, wanted: AskedList) -> Letter:
    lead = _(
        "Someone, probably you, asked that new papers of this list be sent to this address once a "
        "day: %(list)s"
    )
    foot = _(
        "The link is valid for three days. If it was not you, do nothing: nothing more will be "
        "sent, and your address will be deleted."
    )
    return Letter(
        _("%(site)s: confirm your list by mail") % {"site": settings.SITE_NAME},
        lead % {"list": wanted.name},
        links=[
            Link(_("To get it, open this page and confirm:"), _address(row, Purpose.CONFIRM)),
        ],
        foot=foot,
    )


def _sent_already(row: MailedList, wanted: AskedList) -> Letter:
    lead = _("Someone, probably you, asked for this list by mail. It is sent already: %(list)s")
    return Letter(
        _("%(site)s: you get this list already") % {"site": settings.SITE_NAME},
        lead % {"list": wanted.name},
        links=[Link(_("Unsubscribe:"), _address(row, Purpose.CANCEL))],
    )


def daily_letter(
    row: MailedList, wanted: AskedList, papers: Iterable[Paper], number: int, day: datetime.date
) -> EmailMultiAlternatives:
    """Return the letter with these papers, the newest ``number`` of the list."""
    with override(row.language):
        items = [_item(paper, wanted.reading.with_first(interface_language())) for paper in papers]
        counted = ngettext("%(number)s new paper", "%(number)s new papers", number)
        counted %= {"number": f"{number:,}"}
        name = wanted.name
        links = [Link(_("The whole list:"), absolute(wanted.page))]
        if more := number - len(items):
            label = ngettext("%(number)s more in the list:", "%(number)s more in the list:", more)
            links = [Link(label % {"number": f"{more:,}"}, absolute(wanted.page))]
        letter = Letter(
            f"{settings.SITE_NAME} · {counted} · {name[:LONGEST_NAME]}",
            f"{name} · {counted}",
            items,
            [*links, Link(_("Unsubscribe:"), _address(row, Purpose.CANCEL))],
            _("Chinese titles are machine translation."),
        )
        return _message(row, letter, str(day))


def _item(paper: Paper, reading: Reading) -> Item:
    titles = [
        Title(" ".join(clean(shown.plain).split()), shown.html_lang)
        for shown in reading.titles(paper.title)
    ]
    names = [clean(name) for name in split_authors(paper.authors_text)]
    more = ["…"] if len(names) > NAMED else []
    return Item(titles, ", ".join(names[:NAMED] + more), absolute(paper.get_absolute_url()))


def _address(row: MailedList, purpose: Purpose) -> str:
    return absolute(reverse(f"mail-{purpose}", args=[token_of(row, purpose)]))


def _message(row: MailedList, letter: Letter, occasion: str) -> EmailMultiAlternatives:
    """Return the message. Its id is the same for the same occasion, so a copy shows as one."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    seed = f"{settings.SECRET_KEY}{row.pk}{occasion}"
    message = EmailMultiAlternatives(
        subject=" ".join(clean(letter.subject).split()),
        body=letter.text(),
        from_email=settings.MAIL_FROM,
        to=[row.address],
        headers={
            "Message-ID": f"<{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{host}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no answers of absent people
            "Content-Language": HTML_LANG[interface_language()],
            **_unsubscribe_headers(row),
        },
    )
    message.attach_alternative(letter.html(), "text/html")
    return message


def _unsubscribe_headers(row: MailedList) -> dict[str, str]:
    """Return the headers by which mail programs offer to cancel with one click (RFC 8058)."""
    if not row.confirmed:
        return {}
    return {
        "List-Unsubscribe": f"<{_address(row, Purpose.CANCEL)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
