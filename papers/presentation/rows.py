"""The row of a paper on a day's page: its titles, without its abstract.

A day has hundreds of rows, so they are made without the template engine.
"""

from collections.abc import Mapping
from urllib.parse import quote_plus

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from papers.models import Paper, ZhState
from papers.presentation.formatting import CHOICE_LANG, CHOICE_NAMES, missing_mark
from papers.presentation.glosses import gloss_line
from papers.text.bilingual import BOTH, EN, ZH, Reading, Shown

_HERE = "THE-ADDRESS-OF-THIS-PAGE"
_FOLLOWING = {BOTH: EN, EN: ZH}
"""The language that a row offers after the one that it shows."""


def row_of(paper: Paper, reading: Reading, notes_missing: bool) -> SafeString:
    """Return the row as a list item. The first title links to the paper.

    With ``notes_missing`` it names a language that the paper lacks.
    """
    first, *others = titles = reading.titles(paper.title)
    alone = "" if others else " row-one"
    address = escape(paper.get_absolute_url())
    notes = [_notes(paper, one, notes_missing) for one in (first, *others)]
    # Safe: titles are rendered as HTML when they are stored, and the rest is escaped.
    return SafeString(
        f'<li class="row row-{first.language}{alone}" id="p-{paper.arxiv_id}"'
        f' data-paper="{paper.arxiv_id}">\n'
        f'<p class="row-first"><a class="row-title" href="{address}" lang="{first.html_lang}">'
        f'{first.html}</a>{notes[0]}<abbr class="unapi-id" title="{paper.arxiv_id}"></abbr></p>\n'
        + "".join(
            f'<p class="row-other"><span lang="{other.html_lang}">{other.html}</span>{note}</p>\n'
            for other, note in zip(others, notes[1:], strict=True)
        )
        + gloss_line(titles)
        + '<span class="card-marks" data-marks="starred show"></span>'
        + f"{_language_link(paper, reading)}</li>\n"
    )


def placed(rows: Mapping[int, SafeString], address: str) -> dict[int, SafeString]:
    """Return the rows, by paper id, for the page at this address."""
    quoted = quote_plus(address)
    # Safe: the quoted address contains no special characters of HTML.
    return {pk: SafeString(row.replace(_HERE, quoted)) for pk, row in rows.items()}


def with_reason(row: SafeString, near: Paper, reading: Reading) -> SafeString:
    """Return the row with the paper that it is near to, by arXiv id and first title."""
    title = reading.titles(near.title)[0]
    reason = format_html(
        '<p class="row-near">{} <a href="{}"><span translate="no">{}</span>'
        ' <span lang="{}">{}</span></a></p>',
        _("near"),
        near.get_absolute_url(),
        near.arxiv_id,
        title.html_lang,
        title.html,
    )
    # Safe: both parts are HTML, and a row ends with this tag.
    return SafeString(row.replace("</li>", f"{reason}</li>"))


def _language_link(paper: Paper, reading: Reading) -> str:
    """Return a link that changes the language and comes back to this row.

    It is for readers without scripts; for others the bar at the top does the same.
    """
    choice = _FOLLOWING.get(reading.code, BOTH)
    back = quote_plus(f"#p-{paper.arxiv_id}")
    return (
        f'<noscript><a class="row-language" href="{reverse("language")}?lang={choice}'
        f'&amp;next={_HERE}{back}" rel="nofollow" lang="{CHOICE_LANG[choice]}">'
        f"{CHOICE_NAMES[choice]}</a></noscript>"
    )


def _notes(paper: Paper, title: Shown, notes_missing: bool) -> str:
    in_doubt = title.language == ZH and paper.zh_state == ZhState.SUSPECT
    doubt = f' <span class="doubt">{escape(_("in doubt"))}</span>' if in_doubt else ""
    return f"{doubt}{missing_mark(title)}" if notes_missing else doubt
