"""Generate digests of two publishers with many disagreements, always the same."""

import random
from itertools import product
from pathlib import Path

from tests.faults.run_import import DAYS_OF_DIGESTS, RECORDS
from tests.support import record_text

SOURCES = ("lamps", "shadows")
DAYS = [f"2025-01-{day}" for day in range(27, 27 + DAYS_OF_DIGESTS)]
FILES = (
    "AI/README.md",
    "NLP/README.md",
    "topic/Multimodal_related_papers.md",
    "topic/RAG_related_papers.md",
)
EMPTY = ("shadows", DAYS[-1], "topic/RAG_related_papers.md")
PAPERS_A_DAY = 2 * RECORDS

ENGLISH = (
    *("lamp", "shadow", "corpus", "reader", "index", "margin"),
    *("paper", "light", "dark", "page", "ink", "letter"),
)
CHINESE = ("点灯", "照亮", "语料", "影子", "读者", "索引", "页边", "论文", "墨迹", "书信")
SURNAMES = ["Example", "Muster", "Sample", "Proef", "Esempio", "Ejemplo", "Vzor", "Przyklad"]


def write_digests(folder: Path) -> None:
    """Writes them as publishers lay them out; a day's papers return on the next day."""
    for source, (day_number, day), file in product(SOURCES, enumerate(DAYS), FILES):
        path = folder / source / day / file
        path.parent.mkdir(parents=True, exist_ok=True)
        dice = random.Random(f"{source} {day} {file}")
        first = day_number * PAPERS_A_DAY // 2
        count = 0 if (source, day, file) == EMPTY else RECORDS
        numbers = dice.choices(range(first, first + PAPERS_A_DAY), k=count)
        path.write_text("".join(_record(number, dice) for number in numbers), "utf-8")


def _record(number: int, dice: random.Random) -> str:
    """A paper, the same in most digests; some have other words, or none in Chinese."""
    own = random.Random(number)
    title, abstract = _english(own, 8), _english(own, 150)
    title_zh, abstract_zh = _chinese(own, 6), _chinese(own, 120)
    authors = [f"{_english(own, 1)} {own.choice(SURNAMES)}" for _ in range(own.randint(1, 8))]
    whim = dice.random()
    if whim < 0.1:
        title_zh = abstract_zh = ""
    elif whim < 0.3:
        title_zh, abstract_zh = _chinese(dice, 6), _chinese(dice, 120)
    elif whim < 0.4:
        title = _english(dice, 8)
    return record_text(f"2501.{96000 + number}", title, title_zh, authors, abstract, abstract_zh)


def _english(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(ENGLISH, k=words)).capitalize()


def _chinese(dice: random.Random, words: int) -> str:
    return "".join(dice.choices(CHINESE, k=words))
