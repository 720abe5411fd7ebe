"""Three families of invented papers: about kites, teapots and anchors."""

import pytest

from papers.importing.run import Options, run_import
from papers.models import Related
from tests.kept import Kept
from tests.support import record_text

NOUNS = {
    "kite": ["string", "tail", "wind", "lift", "canopy", "bridle"],
    "teapot": ["spout", "lid", "glaze", "brew", "porcelain", "handle"],
    "anchor": ["chain", "seabed", "mooring", "rope", "fluke", "harbour"],
}
PAPERS = {
    f"2501.98{family}{number:02}": (noun, number)
    for family, noun in enumerate(NOUNS)
    for number in range(12)
}


def text_of(noun: str, number: int) -> dict[str, str]:
    """Title and abstract of a paper: it shares some words with all papers of its family."""
    words = NOUNS[noun]
    first, second, third = (words[(number + step) % len(words)] for step in range(3))
    return {
        "title": f"The {noun} and its {first} {number}",
        "abstract": f"We study the {first} of a {noun}, and the {second} of each {noun}; "
        f"a {third} decides whether we can use it in our experiments.",
    }


def records_of(ids) -> str:
    return "\n".join(record_text(arxiv_id=one, **text_of(*PAPERS[one])) for one in ids)


def import_day(folder, day: str, text: str) -> None:
    file = folder / f"lantern-daily/{day}/topic/Toys_related_papers.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    assert run_import([str(file)], Options()).problems == []


@pytest.fixture(scope="session")
def families_kept(keep, tmp_path_factory) -> Kept:
    folder = tmp_path_factory.mktemp("families")
    return keep(lambda: import_day(folder, "2025-01-28", records_of(PAPERS)))


@pytest.fixture
def families(families_kept: Kept, db) -> None:
    """Import 36 papers, twelve of each family, of one day."""
    families_kept.put_back()


def near(arxiv_id: str) -> list[str]:
    """The arXiv ids stored as the neighbours of a paper, the nearest first."""
    rows = Related.objects.filter(paper__arxiv_id=arxiv_id).order_by("-score", "-other__arxiv_id")
    return list(rows.values_list("other__arxiv_id", flat=True))


def family(arxiv_id: str) -> str:
    return PAPERS[arxiv_id][0]
