"""Select papers by the ids in an address, in the order given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from papers.lists.filters import MAX_VALUES, NotUnderstood
from papers.models import Paper
from papers.text.arxiv_ids import ARXIV_ID, without_version

MAX_NAMED = 20  # errors reported one by one; above this number only their count is
_VERSIONED_ID = re.compile(rf"{ARXIV_ID}(?:v[1-9][0-9]{{0,3}})?")


@dataclass(frozen=True)
class Selection:
    """The ids of the selected published papers, each once, in order; and the errors."""

    ids: list[str]
    not_understood: list[NotUnderstood]


def selected(asked: Sequence[str]) -> Selection:
    """Select papers by these values of ``id``; a version is ignored (``2501.17161v2``)."""
    is_id = _VERSIONED_ID.fullmatch
    wanted = list(dict.fromkeys(without_version(value) for value in asked if is_id(value)))
    first = wanted[:MAX_VALUES]
    published = Paper.objects.published().filter(arxiv_id__in=first)
    here = set(published.values_list("arxiv_id", flat=True))
    faults = [
        *_named([value for value in asked if not is_id(value)], _("not an arXiv id")),
        *_named([one for one in first if one not in here], _("not on this site")),
    ]
    if len(wanted) > MAX_VALUES:
        reason = _("only the first %(most)s papers are shown") % {"most": MAX_VALUES}
        faults.append(NotUnderstood("id", "…", reason))
    return Selection([one for one in first if one in here], faults)


def _named(values: Sequence[str], reason: str) -> list[NotUnderstood]:
    named = [NotUnderstood("id", value[:80], reason) for value in values[:MAX_NAMED]]
    if len(values) > MAX_NAMED:
        named.append(NotUnderstood("id", f"… +{len(values) - MAX_NAMED}", reason))
    return named
