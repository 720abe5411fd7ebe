"""Words of titles that are no terms: searches translate them nevertheless."""

import random

from papers.glossary import Direction, Glossary, Kind
from papers.glossary.bitext import BilingualPaper
from papers.glossary.mining import mine
from papers.search.bridge import pieces

NOUNS = {"Lamp": "灯笼", "River": "河流", "Bridge": "桥梁", "Whale": "鲸鱼", "Tower": "塔楼"}
VERBS = {"Analyzing": "分析", "Breaking": "突破", "Painting": "绘画"}


def papers(number=80, seed=3):
    chance = random.Random(seed)
    found = []
    for at in range(number):
        (noun, noun_zh), (verb, verb_zh) = chance.choice([*NOUNS.items()]), [*VERBS.items()][at % 3]
        if verb == "Analyzing" and at % 2:
            verb = "Analysis of"
        found.append(BilingualPaper(f"{verb} a {noun}", "Slow.", f"{verb_zh}{noun_zh}", "很慢。"))
    return found


def searched(pairs):
    return {pair.key: pair for pair in pairs if pair.kind == Kind.VARIANT}


def test_a_verb_is_translated_for_searches_from_chinese_alone():
    pair = searched(mine(papers()))["突破", "breaking"]
    assert pair.direction == Direction.TO_ENGLISH
    assert pair.to_english > 0.8
    assert not pair.is_shown


def test_words_that_begin_alike_are_as_likely_as_all_of_them():
    found = searched(mine(papers()))
    assert found["分析", "analyzing"].score == found["分析", "analysis"].score > 0.8


def test_function_words_and_words_of_other_places_in_the_title_translate_nothing():
    found = searched(mine(papers()))
    assert not {english for _, english in found} & {"a", "of"}
    assert ("突破", "lamp") not in found


def test_the_order_of_titles_does_not_matter():
    shuffled = papers()
    random.Random(2).shuffle(shuffled)
    assert mine(shuffled) == mine(papers())


def test_a_search_crosses_by_a_word_that_is_no_term():
    (piece,) = pieces("突破", Glossary(mine(papers()), "test"))
    assert [one.term.lower() for one in piece.english] == ["breaking"]
