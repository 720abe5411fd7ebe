"""An import in words: its counts, its problems by their codes, and its files without the server's
folders.
"""

from pathlib import PurePath

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers.presentation.formatting import interface_language
from papers.text.bilingual import EN

PROBLEMS: dict[str, str | Promise] = {
    "archive": _("The archive is damaged or too large. Fetch it again or divide it."),
    "bad-line": _("A record cannot be read: it is no JSON, or was cut off."),
    "binary": _("This is not a text file. Give a digest in UTF-8."),
    "changes-others": _("The English of some papers differs from another source."),
    "cut": _("A text is too long. Its beginning was taken."),
    "empty": _("There is nothing in the file."),
    "encoding": _("The file is not UTF-8. Save it as UTF-8 and import it again."),
    "future": _("The date is after tomorrow. Correct it."),
    "held-back": _(
        "The English of many papers differs from another source. The digest is held back until a "
        "curator accepts it."
    ),
    "location": _("The path does not state the source, the date or the topic. Give them."),
    "missing": _("The file is not there any more."),
    "no-abstract": _("A paper has no abstract. It was imported without."),
    "no-authors": _("A paper has no line of authors. It was imported without authors."),
    "no-link": _("A record has no arXiv link. It was left out."),
    "no-records": _("A digest should be here, but no paper could be read. Fetch the file again."),
    "no-title": _("A paper has no title. It was left out."),
    "outside": _("A path leads out of the archive. It was not read."),
    "past": _("The date is before arXiv began. Correct it."),
    "same-digest": _("A digest of this source, date and topic was read before it. Remove one."),
    "too-early": _("A paper is of a later month than the digest. Correct the date."),
    "too-large": _("The file is too large. Divide it."),
    "too-many": _("There are too many records or files. The rest was left out."),
    "twin-read": _("The .jsonl file was read in place of the Markdown beside it."),
    "unreadable": _("The file cannot be read: it is damaged, locked, a link or no regular file."),
    "within-text": _("What looks like another paper stands within a text. It was left out."),
    "wrong-type": _("A field has a value of the wrong kind. It was left out."),
}


def problem_in_words(code: str, message: str) -> str:
    """Return a problem in the interface language: its own message, which is English, or its code's
    sentence.
    """
    if interface_language() == EN or code not in PROBLEMS:
        return message
    return str(PROBLEMS[code])


def counts_in_words(counts: dict[str, int]) -> str:
    """``13 papers: 0 new, 2 changed, 11 unchanged``; an import without papers says so."""
    new, changed, same = (
        counts.get(f"papers_{name}", 0) for name in ("created", "updated", "unchanged")
    )
    number = new + changed + same
    if not number:
        return gettext("No papers")
    said = ngettext(
        "%(number)s paper: %(new)s new, %(changed)s changed, %(same)s unchanged",
        "%(number)s papers: %(new)s new, %(changed)s changed, %(same)s unchanged",
        number,
    )
    named = {"number": number, "new": new, "changed": changed, "same": same}
    return said % {name: f"{value:,}" for name, value in named.items()}


def plain_path(path: str) -> str:
    """Return a path without the folders of this server.

    Of an upload this is its name, of another file what states its source, date and topic.
    """
    uploads = f"{PurePath(settings.UPLOADS_DIR)}/"
    if path.startswith(uploads):
        return "/".join(PurePath(path.removeprefix(uploads)).parts[1:])
    pure = PurePath(path)
    if not pure.is_absolute():
        return path
    return "/".join(pure.parts[1:][-4 if pure.suffix else -1 :])
