"""Count the sequences of words that are frequent, in little memory.

A text of millions of words has too many different sequences for one dictionary. A sequence is
frequent only if it is without its last word, so longer ones are grown from frequent ones. Before
they are counted, their hashes are: only sequences whose hash is frequent get a place in the
dictionary (J. S. Park, M. Chen, P. Yu, An Effective Hash-Based Algorithm for Mining Association
Rules, SIGMOD 1995). The result is exact. Pure.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

BUCKETS = 1 << 22
_PRIME = 2_654_435_761


class Words:
    """The words of many texts as numbers, one text after the other, a 0 behind each text.

    0 also stands for what no sequence reaches over. A sequence may begin only where ``starts``
    is 1.
    """

    def __init__(self) -> None:
        self.numbers = array("I")
        self.starts = bytearray()
        self.ends = array("I")  # of the texts
        self.names: list[str] = [""]
        self._number_of: dict[str, int] = {"": 0}

    def number_of(self, word: str) -> int:
        """Return the number of a word; a new one for a new word."""
        number = self._number_of.setdefault(word, len(self.names))
        if number == len(self.names):
            self.names.append(word)
        return number

    def add(self, numbers: Sequence[int], starts: Sequence[int]) -> None:
        """Add a text."""
        self.numbers.extend(numbers)
        self.numbers.append(0)
        self.starts.extend(starts)
        self.starts.append(0)
        self.ends.append(len(self.numbers))

    def of_text(self, text: int) -> array:
        """Return the words of a text, and the 0 behind them."""
        return self.numbers[self.ends[text - 1] if text else 0 : self.ends[text]]


class Grams:
    """Sequences of words: a single word has the number of the word, longer ones follow.

    ``prefixes`` and ``lasts`` are the sequence without its last word, and that word.
    ``inside`` is the greatest number of occurrences within one and the same longer sequence.
    """

    def __init__(self, names: list[str], counts: Counter[int]) -> None:
        self.names = names
        self.counts = array("I", (counts[number] for number in range(len(names))))
        self.prefixes = array("I", bytes(4 * len(names)))
        self.lasts = array("I", range(len(names)))
        self.sizes = bytearray([1]) * len(names)
        self.inside = array("I", bytes(4 * len(names)))

    def add(self, prefix: int, last: int, count: int) -> int:
        """Add a sequence and return its number."""
        self.prefixes.append(prefix)
        self.lasts.append(last)
        self.counts.append(count)
        self.sizes.append(self.sizes[prefix] + 1)
        self.inside.append(0)
        self.inside[prefix] = max(self.inside[prefix], count)
        return len(self.counts) - 1

    def words(self, gram: int) -> tuple[str, ...]:
        """Return the words of a sequence."""
        words: list[str] = []
        while gram:
            words.append(self.names[self.lasts[gram]])
            gram = self.prefixes[gram]
        return tuple(reversed(words))


def frequent(
    words: Words, least: int, longest: int, fits: Callable[[tuple[str, ...]], bool]
) -> Grams:
    """Return the sequences of up to ``longest`` words that occur at least ``least`` times.

    ``fits`` says whether a sequence may become a longer one. Words that are not frequent are
    replaced by 0 in ``words``.
    """
    counts = Counter(words.numbers)
    counts[0] = 0
    kept = array("I", (n if counts[n] >= least else 0 for n in range(len(words.names))))
    words.numbers = array("I", map(kept.__getitem__, words.numbers))
    grams = Grams(words.names, counts)
    at = array("I", (i for i, start in enumerate(words.starts) if start and words.numbers[i]))
    present = array("I", map(words.numbers.__getitem__, at))
    for size in range(2, longest + 1):
        at, present = _grow(words.numbers, grams, at, present, size, least, fits)
    return grams


def _grow(
    numbers: array,
    grams: Grams,
    at: array,
    present: array,
    size: int,
    least: int,
    fits: Callable[[tuple[str, ...]], bool],
) -> tuple[array, array]:
    """Add the frequent sequences of ``size`` words; return where they are and which.

    ``at`` and ``present`` are the same for the sequences that are one word shorter.
    """
    step, many = size - 1, len(grams.names)
    buckets = array("I", bytes(4 * BUCKETS))
    for i, gram in zip(at, present, strict=True):
        if last := numbers[i + step]:
            buckets[(gram * _PRIME + last) % BUCKETS] += 1
    counts: dict[int, int] = {}
    for i, gram in zip(at, present, strict=True):
        last = numbers[i + step]
        if last and buckets[(gram * _PRIME + last) % BUCKETS] >= least:
            key = gram * many + last
            counts[key] = counts.get(key, 0) + 1
    del buckets
    new = _added(grams, counts, least, fits)
    del counts
    longer_at, longer = array("I"), array("I")
    suffixes: dict[int, int] = {}
    for place, (i, gram) in enumerate(zip(at, present, strict=True)):
        if number := new.get(gram * many + numbers[i + step]):
            longer_at.append(i)
            longer.append(number)
            if place + 1 < len(at) and at[place + 1] == i + 1:
                suffixes[number] = present[place + 1]
    for number, suffix in suffixes.items():
        grams.inside[suffix] = max(grams.inside[suffix], grams.counts[number])
    return longer_at, longer


def _added(
    grams: Grams, counts: dict[int, int], least: int, fits: Callable[[tuple[str, ...]], bool]
) -> dict[int, int]:
    new: dict[int, int] = {}
    for key, count in counts.items():
        if count >= least:
            prefix, last = divmod(key, len(grams.names))
            if fits((*grams.words(prefix), grams.names[last])):
                new[key] = grams.add(prefix, last, count)
    return new


def occurrences(words: Words, grams: Grams, wanted: Sequence[int]) -> Iterator[set[int]]:
    """Yield, for each text, the places in ``wanted`` of the sequences that occur in it."""
    place = {gram: at for at, gram in enumerate(wanted)}
    many = len(grams.names)
    longer: dict[int, int] = {}
    for gram in wanted:
        while grams.prefixes[gram]:
            longer[grams.prefixes[gram] * many + grams.lasts[gram]] = gram
            gram = grams.prefixes[gram]
    numbers, starts, begin = words.numbers, words.starts, 0
    for end in words.ends:
        found = set()
        for i in range(begin, end):
            if starts[i]:
                gram, j = numbers[i], i
                while gram:
                    if gram in place:
                        found.add(place[gram])
                    j += 1
                    gram = longer.get(gram * many + numbers[j], 0) if j < end else 0
        yield found
        begin = end
