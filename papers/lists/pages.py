"""Pagination: read ``page`` and ``per`` from the address, within limits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from papers.lists.filters import NotUnderstood

SIZES = (25, 50, 100)
_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True)
class Paged:
    """One page of a list, and the values of ``page`` and ``per`` that are not valid."""

    page: Page
    not_understood: list[NotUnderstood]

    @property
    def is_more(self) -> bool:
        """Whether the list has more items than were counted."""
        return getattr(self.page.paginator.object_list, "is_more", False)

    @property
    def numbers(self) -> Sequence[int | str]:
        """The page numbers to link, with an ellipsis for those left out."""
        return list(
            self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        )


def paged(items: QuerySet | Sequence, query: Mapping[str, str]) -> Paged:
    """Return the page that the address names; the first page if there is no such page."""
    problems: list[NotUnderstood] = []
    size = query.get("per", "")
    if size and size not in map(str, SIZES):
        problems.append(NotUnderstood("per", size[:80], _("25, 50 or 100")))
        size = ""
    paginator = Paginator(items, int(size or SIZES[0]))
    number = query.get("page", "")
    if number and not (_PAGE_NUMBER.fullmatch(number) and int(number) <= paginator.num_pages):
        problems.append(NotUnderstood("page", number[:80], _("no such page")))
        number = ""
    return Paged(paginator.page(int(number or 1)), problems)
