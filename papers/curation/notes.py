"""What curators say to readers about a paper."""

from collections.abc import Iterable

from papers.curation.decision import Curator, decision
from papers.models import Act, Paper


def annotate(
    papers: Iterable[Paper], note_en: str, note_zh: str, by: Curator, batch: str = ""
) -> None:
    """Sets the note that readers see, in both languages; empty ones take it away."""
    with decision(papers, Act.ANNOTATE, by, batch) as ids:
        Paper.objects.filter(pk__in=ids).update(note_en=note_en, note_zh=note_zh)
