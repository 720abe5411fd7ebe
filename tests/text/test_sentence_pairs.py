"""An abstract beside its translation in rows of sentences."""

import json

import pytest

from papers.text import sentence_pairs
from papers.text.sentence_pairs import SentencePair, kept_pairs, pairs_of
from tests.text.test_alignment import CHINESE, ENGLISH
from tests.text.test_incomplete import LONG

LINK = "https://arxiv.org/abs/2501.99001"


def rows(english: list[str], chinese: list[str]) -> list[SentencePair]:
    texts = "".join(english), "".join(chinese)
    kept = json.loads(json.dumps(kept_pairs(*texts, LINK)))
    found = pairs_of(kept, *texts, LINK)
    assert pairs_of({}, *texts, LINK) == found  # made on the fly
    return found


def html(english: list[str], chinese: list[str]) -> list[tuple[str, str]]:
    return [(pair.english_html, pair.chinese_html) for pair in rows(english, chinese)]


def test_each_sentence_stands_beside_its_translation():
    assert html(ENGLISH, CHINESE)[:5] == [
        (one.strip(), other) for one, other in zip(ENGLISH[:5], CHINESE[:5], strict=True)
    ]


def test_the_spans_of_a_language_are_its_text():
    texts = "".join(ENGLISH), "".join(CHINESE)
    found = rows(ENGLISH, CHINESE)
    assert "".join(texts[0][slice(*pair.english)] for pair in found) == texts[0]
    assert "".join(texts[1][slice(*pair.chinese)] for pair in found) == texts[1]


def test_a_sentence_that_is_left_out_has_a_row_of_its_own():
    found = rows([*ENGLISH[:3], LONG, *ENGLISH[3:]], CHINESE)
    assert [pair.english_html for pair in found if pair.is_untranslated] == [LONG.strip()]
    assert len(found) == len(ENGLISH) + 1


def test_a_sentence_that_was_added_has_a_row_of_its_own():
    added = "标题：灯笼与港口的基准测试，以及冬季里一盏无人问津的长明灯的故事。"
    found = rows(ENGLISH, [*CHINESE[:3], added, *CHINESE[3:]])
    assert [pair.chinese_html for pair in found if pair.is_added] == [added]


def test_a_sentence_that_a_neighbour_may_say_stands_with_it():
    short = "It glows, all the same, and so it did before. "  # no word tells that it is missing
    found = rows([*ENGLISH[:3], short, *ENGLISH[3:]], CHINESE)
    assert not any(pair.is_untranslated or pair.is_added for pair in found)


def test_there_are_no_rows_where_nothing_is_sure():
    assert rows(ENGLISH, ["灯。", "油。"]) == []
    assert rows(ENGLISH, []) == []
    assert rows([], CHINESE) == []


def test_markup_stands_within_its_sentence():
    english = [ENGLISH[0].rstrip()[:-1] + r" in $O(n^2)$ \emph{steps}. ", *ENGLISH[1:]]
    chinese = [CHINESE[0].rstrip()[:-1] + "，用 $O(n^2)$ 步。", *CHINESE[1:]]
    first = html(english, chinese)[0]
    assert first[0].count("<math") == first[1].count("<math") == 1
    assert first[0].endswith(" <em>steps</em>.")
    assert all("<math" not in "".join(row) for row in html(english, chinese)[1:])


def test_a_command_over_two_sentences_is_one_row():
    english = [r"\emph{" + ENGLISH[0], ENGLISH[1].rstrip() + "} ", *ENGLISH[2:]]
    first, *others = html(english, CHINESE)
    assert first == ("<em>" + "".join(ENGLISH[:2]).rstrip() + "</em>", "".join(CHINESE[:2]))
    assert len(others) == len(ENGLISH) - 2


def test_what_begins_in_one_sentence_and_ends_in_another_leaves_the_paragraphs():
    quoted = ["``" + ENGLISH[0], ENGLISH[1].rstrip() + "'' ", *ENGLISH[2:]]
    assert html(quoted, CHINESE) == []


def test_foreign_text_is_escaped():
    english = [ENGLISH[0].replace(" ", " <script> ", 1), *ENGLISH[1:]]
    assert "&lt;script&gt;" in html(english, CHINESE)[0][0]


def test_the_end_of_a_paragraph_is_known():
    english = [*ENGLISH[:2], ENGLISH[2].rstrip() + "\n", *ENGLISH[3:]]
    ends = [pair.ends_paragraph for pair in rows(english, CHINESE)]
    assert ends == [False, False, True] + [False] * (len(ENGLISH) - 3)


@pytest.mark.parametrize("version", ["0.0", None])
def test_what_an_older_aligner_stored_is_made_anew(version):
    texts = "".join(ENGLISH), "".join(CHINESE)
    old = {"version": version, "rows": [[len(texts[0]), len(texts[1])]]}
    assert len(pairs_of(old, *texts, LINK)) == len(ENGLISH)
    assert len(pairs_of(old | {"version": sentence_pairs.VERSION}, *texts, LINK)) == 1
