"""Fixtures for search: a library of a few invented papers, and queries to it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from papers import search
from papers.importing.run import Options, run_import
from papers.lists.search_filter import search_papers
from papers.models import Paper
from papers.search.searcher import Results
from tests.kept import Kept
from tests.support import record_text

# Papers, named after their special property.
RETRIEVAL = "2501.96001"  # 检索增强生成 and fine-tuning
TALES = "2501.96002"  # finetuning in one word, GPT4o
LANTERN = "2501.96003"  # fine tuning in two words, GPT-4o
MIXED = "2501.96004"  # LLM驱动, 3D-MoE, an accent
ENGLISH = "2501.96005"  # no Chinese
GRAPHS = "2502.96006"  # 大语言模型, in February, another topic

LIBRARY = {
    "2025-01-28/topic/RAG_related_papers.md": [
        record_text(
            arxiv_id=RETRIEVAL,
            title="Retrieval for Sleepy Librarians",
            title_zh="面向困倦图书管理员的检索增强生成",
            authors=["Yi Ma", "Jürgen Beispiel"],
            abstract="We study fine-tuning of librarians under lamplight.",
            abstract_zh="我们研究灯光下图书管理员的微调，并提出增强生成的新基准。",
        ),
        record_text(
            arxiv_id=TALES,
            title="Finetuning Folk Tales",
            title_zh="民间故事的微调",
            authors=["Ma Yiling"],
            abstract="GPT4o retells every tale. Librarians applaud.",
            abstract_zh="模型复述每个故事，直到听的人都睡着了为止。",
        ),
    ],
    "2025-01-29/topic/RAG_related_papers.md": [
        record_text(
            arxiv_id=LANTERN,
            title="Lanterns Need Fine Tuning",
            title_zh="灯笼需要调校",
            authors=["Ada Example"],
            abstract="Even GPT-4o needs a lantern.",
            abstract_zh="灯笼很亮，而夜色很深，我们在其中走了很久。",
        ),
        record_text(
            arxiv_id=MIXED,
            title="3D-MoE for Naïve Cooks",
            title_zh="LLM驱动的天真厨师",
            authors=["Bo Muster"],
            abstract="A cook, an oven and a mixture.",
            abstract_zh="厨师、烤箱与混合，再加上许多的盐和一点耐心。",
        ),
        record_text(
            arxiv_id=ENGLISH,
            title="Counting Clouds by Ear",
            title_zh="",
            authors=["Hana Sample"],
            abstract="No cloud was harmed.",
            abstract_zh="",
        ),
    ],
    "2025-02-03/LLM/README.md": [],
    "2025-02-03/topic/LLM_related_papers.md": [
        record_text(
            arxiv_id=GRAPHS,
            title="Large Language Models Draw Graphs",
            title_zh="大语言模型画图",
            authors=["Ada Example"],
            abstract="Graphs are drawn, clouds are not.",
            abstract_zh="大语言模型画出了图，而没有画云，也没有画雨。",
        )
    ],
}

Ask = Callable[..., list[str]]


def write_library(folder: Path) -> None:
    for place, records in LIBRARY.items():
        if records:
            file = folder / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(records), "utf-8")


@pytest.fixture(scope="session")
def library_kept(keep, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("shelf")
    write_library(folder)

    def import_library() -> None:
        assert run_import([str(folder)], Options()).problems == []

    return keep(import_library)


@pytest.fixture
def library(library_kept: Kept, db, tmp_path: Path) -> Path:
    """Import the library; return its folder."""
    write_library(tmp_path / "shelf")
    library_kept.put_back()
    return tmp_path / "shelf"


def results(query: str, order: str = search.RELEVANCE) -> Results:
    """Search for the query as typed; test_bridge.py has what the bridge adds."""
    asked = search.parse_query(query, bridge=False)
    return search_papers(asked, Paper.objects.published(), order)


def found(query: str, order: str = search.RELEVANCE) -> list[str]:
    """Return the arXiv ids that a whole query finds, in order; best matches are left out."""
    answer = results(query, order)
    return [] if answer.is_best_match else [paper.arxiv_id for paper in answer[:100]]
