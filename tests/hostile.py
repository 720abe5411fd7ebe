"""Hostile papers: texts that an attacker's digest or a curator's paste may contain."""

import datetime
import random

from papers.models import Paper

PIECES = [
    *(
        "<script>alert(1)</script>",
        "</entry>",
        "]]>",
        "<![CDATA[",
        "&amp;",
        "&",
        "<think>",
        '"',
        "'",
    ),
    *("<!--", "-->", "<?xml version='1.0'?>", "&#0;", "&nbsp;", "\x0b", "\x1f", "\x7f", "\ufffe"),
    *("\u202e", "\u2028", "\ufdd0", "\U0001f600", "é", "e\u0301" * 3, "中文", "灯，数影子。", "‮"),
    *("100%", "$n^2$", "$5 and $10", "$\\{a$", "$x%y$", "\\", "\\textbf{b}", "\\foo", "{", "}"),
    *("#", "_", "~", "^", "=1+1", "-2", "+3", "@cmd", "\t", "a\nb", "TY  - JOUR", "ER  - ", "%%"),
    *(
        "@misc{x,",
        "and",
        ",",
        ";",
        "Lamps",
        "for",
        "Dark",
        "Corpora",
        "titleTranslation: x",
        "$$",
        "\\%",
    ),
]
NAMES = [
    *(
        "Yi Ma",
        "Laurens van der Maaten",
        "马毅",
        "OpenAI",
        "D. Dummy, Jr.",
        "Lumen AI",
        "Ida <Idem>",
    ),
    *(
        "José {Núñez}",
        "B & C Sons",
        "Q. Li (MIT)",
        "Ana de la Cruz",
        "Anders Anderson",
        "X_1 %",
        "金 日",
    ),
    *(
        "Max and Moritz",
        'The "Team"',
        "O'Brien",
        "Łukasz Łoś",
        "Jo \x0b Placeholder",
        "A \ufffe Bell",
    ),
]


def text(dice: random.Random, most: int) -> str:
    """So many pieces at most, with or without space between them."""
    between = dice.choice((" ", "", "\n", " "))
    return between.join(dice.choices(PIECES, k=dice.randint(1, most)))


def hostile_papers(number: int, seed: int = 6) -> list[Paper]:
    """Papers that are not saved, the same for the same seed, on a dozen days."""
    dice = random.Random(seed)
    papers = []
    for count in range(number):
        authors = dice.sample(NAMES, k=dice.randint(0, 6))
        old = count % 50 == 0
        papers.append(
            Paper(
                arxiv_id=f"cs/{count:07}"
                if old
                else f"{dice.randint(15, 26)}{count % 12 + 1:02}.{count:05}",
                title_en=f"T {text(dice, 6)}",
                title_zh=dice.choice(("", f"题 {text(dice, 5)}")),
                abstract_en=dice.choice(("", text(dice, 40))),
                abstract_zh=dice.choice(("", text(dice, 30))),
                authors_text=", ".join(authors),
                first_seen=datetime.date(2025, 1, 1) + datetime.timedelta(count % 12),
                card={
                    "authors": [[name, "key"] for name in authors],
                    "author_count": len(authors),
                    "topics": dice.choice(([], ["rag"], ["cs-ai", "rag"])),
                    "places": [["2025-01-01", "daily", "rag"]],
                    "place_count": 1,
                },
                modified=datetime.datetime(2025, 2, 1, tzinfo=datetime.UTC),
            )
        )
    return papers
