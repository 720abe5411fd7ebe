"""Frequent sequences of words: the same as counting them all."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from papers.glossary.ngrams import Words, frequent, occurrences

LEAST, LONGEST = 2, 4
TEXTS = st.lists(st.lists(st.sampled_from(["a", "b", "c", "the", "|"]), max_size=12), max_size=12)


def words_of(texts):
    words = Words()
    for text in texts:
        numbers = [0 if word == "|" else words.number_of(word) for word in text]
        words.add(numbers, [word not in ("the", "|") for word in text])
    return words


def counted(texts):
    """All sequences, counted one by one."""
    counts = Counter()
    for text in texts:
        for start, first in enumerate(text):
            for end in range(start + 1, min(start + LONGEST, len(text)) + 1):
                sequence = tuple(text[start:end])
                if first not in ("the", "|") and "|" not in sequence:
                    counts[sequence] += 1
    return {sequence: number for sequence, number in counts.items() if number >= LEAST}


def mined(texts):
    words = words_of(texts)
    grams = frequent(words, LEAST, LONGEST, lambda sequence: True)
    return words, grams


@given(TEXTS)
def test_all_frequent_sequences_are_found_with_their_counts(texts):
    _, grams = mined(texts)
    found = {
        grams.words(number): count
        for number, count in enumerate(grams.counts)
        if count >= LEAST and number and grams.words(number) != ("the",)
    }
    wanted = counted(texts)
    frequent_words = {
        word for word, number in Counter(w for t in texts for w in t).items() if number >= LEAST
    }
    assert {key: number for key, number in found.items() if len(key) > 1} == {
        key: number for key, number in wanted.items() if len(key) > 1
    }
    assert {key[0] for key in found if len(key) == 1} == frequent_words - {"the", "|"}


@given(TEXTS)
def test_what_lies_within_longer_sequences_is_known(texts):
    _, grams = mined(texts)
    wanted = counted(texts)
    for number in range(1, len(grams.counts)):
        sequence = grams.words(number)
        longer = [
            count
            for other, count in wanted.items()
            if len(other) == len(sequence) + 1 and sequence in (other[:-1], other[1:])
        ]
        if sequence in wanted:
            assert grams.inside[number] == max(longer, default=0)


@given(TEXTS)
def test_occurrences_are_the_texts_that_hold_the_sequence(texts):
    words, grams = mined(texts)
    wanted = [n for n in range(1, len(grams.counts)) if grams.words(n) in counted(texts)]
    for text, found in zip(texts, occurrences(words, grams, wanted), strict=True):
        joined = f" {' '.join(text)} "
        assert {grams.words(wanted[place]) for place in found} == {
            grams.words(n) for n in wanted if f" {' '.join(grams.words(n))} " in joined
        }
