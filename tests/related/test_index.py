"""The index of vectors finds what a comparison with all vectors finds."""

from array import array
from random import Random

from papers.related.index import CANDIDATES, FULL_SCORE, HEAVIEST, VectorIndex
from papers.related.vectors import STRONGEST, Vector, Words, count_words

WORDS = [f"w{letter}{number}" for letter in "abcdefgh" for number in range(40)]


def random_counts(random: Random) -> dict[str, int]:
    """A text of words of which some are common and most are rare."""
    chosen = [WORDS[int(len(WORDS) * random.random() ** 2)] for _ in range(40)]
    return {word: chosen.count(word) for word in chosen}


def cosine(one: Vector, other: Vector) -> float:
    weights = dict(zip(*one, strict=True))
    return sum(weights.get(word, 0) * weight for word, weight in zip(*other, strict=True))


def test_it_finds_nearly_all_that_a_full_comparison_finds():
    random = Random(7)
    texts = [random_counts(random) for _ in range(400)]
    words = Words.of(len(texts), {word: sum(word in one for one in texts) for word in WORDS})
    vectors = [words.vector(one) for one in texts]
    index = VectorIndex()
    for vector in vectors:
        index.add(vector)
    found = 0
    for place, vector in enumerate(vectors):
        others = [one for one in range(len(vectors)) if one != place]
        best = sorted(others, key=lambda one: cosine(vector, vectors[one]), reverse=True)[:5]
        found += len({near.place for near in index.nearest(place)[:5]} & set(best))
    assert found / len(vectors) / 5 > 0.9


def test_vectors_with_the_same_heavy_words_are_all_compared():
    index = VectorIndex()
    lightest = range(HEAVIEST, HEAVIEST + 2 * CANDIDATES)
    for word in (*lightest, lightest[-1]):
        words = array("I", [*range(HEAVIEST), word])
        asked = index.add(Vector(words, bytes([50] * HEAVIEST + [20])))
    assert index.nearest(asked)[0].place == asked - 1


def index_of(*texts: str) -> VectorIndex:
    counts = [count_words(text, "") for text in texts]
    words = Words.of(
        len(texts), {w: sum(w in one for one in counts) for one in counts for w in one}
    )
    index = VectorIndex()
    for one in counts:
        index.add(words.vector(one))
    return index


def test_the_nearest_has_the_same_words_and_what_shares_none_is_not_near():
    index = index_of("Lamp, shade, oil", "The oil, a lamp, its shades", "Lamps", "Kites", "Kite")
    same, other = index.nearest(0)
    assert (same.place, other.place) == (1, 2)
    assert 0 < other.score < 0.98 * FULL_SCORE < same.score <= FULL_SCORE
    assert [near.place for near in index.nearest(3)] == [4]


def test_a_vector_is_stored_and_read_back():
    words = Words.of(100, {f"w{number}": number + 2 for number in range(90)})
    vector = words.vector({f"w{number}": number % 3 + 1 for number in range(90)})
    assert len(vector.words) <= STRONGEST
    assert Vector.from_bytes(vector.to_bytes()) == vector
    again = Words.from_bytes(words.papers, words.to_bytes())
    assert again.vector({"w1": 1, "w5": 2}) == words.vector({"w1": 1, "w5": 2})


def test_words_are_counted_without_formulas_numbers_and_plurals():
    counts = count_words("Kites of 2025", "A kite needs $\\alpha n$ strings, one string each.")
    assert counts["kite"] == 3
    assert counts["string"] == 2
    assert not {"alpha", "2025", "n", "a"} & counts.keys()
