"""Papers in both languages: invented ones in any number, and real ones of the corpus.

The invented ones are built from sentences and terms of the field, so that checks which need terms,
numbers, formulas and addresses have them. Each paper uses terms of its own choice.
"""

import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import record_text

DATA = Path(__file__).parents[1] / "data" / "translation"
THIS_ADDRESS, THIS_ADDRESS_ZH = "this https URL", "此 https 链接"


@dataclass(frozen=True)
class Bilingual:
    """A paper with its true Chinese."""

    arxiv_id: str
    title: str
    title_zh: str
    abstract: str
    abstract_zh: str

    def record(self, with_chinese: bool = False) -> str:
        """Return the paper as a digest has it."""
        chinese = (self.title_zh, self.abstract_zh) if with_chinese else ("", "")
        return record_text(
            self.arxiv_id, self.title, chinese[0], ["Ada Example"], self.abstract, chinese[1]
        )


def _rows(name: str) -> list[tuple[str, str]]:
    lines = (DATA / f"{name}.tsv").read_text("utf-8").splitlines()
    return [(english, chinese) for english, chinese in (line.split("\t") for line in lines)]


# In sentences and titles, {a} and {b} are two terms, {n} is a number.
TERMS, SENTENCES, TITLES = dict(_rows("terms")), _rows("sentences"), _rows("titles")
FORMULA = "The running time is $O(n^2 \\log n)$ and the memory is at most $\\alpha k + {n}$ bytes."
FORMULA_ZH = "运行时间为 $O(n^2 \\log n)$，内存至多为 $\\alpha k + {n}$ 字节。"
ADDRESS = f"Code and data are available at {THIS_ADDRESS}."
ADDRESS_ZH = f"代码和数据见{THIS_ADDRESS_ZH}。"


def invented_papers(number: int, seed: int = 0) -> Iterator[Bilingual]:
    """Yield invented papers, always the same for the same seed; their titles all differ."""
    dice = random.Random(seed)
    for position in range(number):
        yield _invented(position, dice)


def _invented(position: int, dice: random.Random) -> Bilingual:
    terms = dice.sample(sorted(TERMS), 14)
    pairs = list(zip(terms[::2], terms[1::2], strict=True))
    title, title_zh = _filled(dice.choice(TITLES), pairs[0], position + 2)
    chosen = dice.sample(SENTENCES, 6)
    sentences = [
        _filled(one, pair, dice.randrange(11, 99))
        for one, pair in zip(chosen, pairs[1:], strict=True)
    ]
    if position % 3 == 0:
        sentences.insert(3, _filled((FORMULA, FORMULA_ZH), pairs[0], position + 2))
    if position % 2 == 0:
        sentences.append((ADDRESS, ADDRESS_ZH))
    english, chinese = zip(*sentences, strict=True)
    return Bilingual(_id(position), title.title(), title_zh, " ".join(english), "".join(chinese))


def _filled(templates: tuple[str, str], terms: tuple[str, str], number: int) -> tuple[str, str]:
    english, chinese = templates
    words = dict(zip("ab", terms, strict=True))
    words_zh = {name: TERMS[term] for name, term in words.items()}

    def fill(template: str, words: dict[str, str]) -> str:
        for name, value in {**words, "n": str(number)}.items():
            template = template.replace(f"{{{name}}}", value)
        return template[:1].upper() + template[1:]

    return fill(english, words), fill(chinese, words_zh)


def real_papers(corpus: Path, number: int, seed: int = 0) -> list[Bilingual]:
    """Return papers of the corpus that have good Chinese, drawn at random by the seed.

    They get other ids, so that they can stand in one digest.
    """
    with lzma.open(corpus / "pairs" / "bilingual.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chosen = random.Random(seed).sample(rows, number)
    return [
        Bilingual(
            **{name: text for name, text in row.items() if name != "id"}, arxiv_id=_id(number)
        )
        for number, row in enumerate(chosen)
    ]


def _id(number: int) -> str:
    return f"2501.{number + 1:05}"


def write_digest(folder: Path, papers: list[Bilingual], with_chinese: bool = False) -> Path:
    """Write the papers as one digest of the publisher ``north``; return the folder to import."""
    file = folder / "north" / "27-Jan-2025" / "AI" / "README.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(one.record(with_chinese) for one in papers)
    file.write_text(text, "utf-8", newline="")
    return folder
