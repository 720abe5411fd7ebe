"""How the terms are written: case, hyphens and number of their most usual form. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from papers.glossary.numbered_text import NumberedText
from papers.glossary.tokens import singular
from papers.text.folding import fold

LEAST_SINGULARS = 0.02  # share of the occurrences from which a term is shown in the singular


def as_written(text: NumberedText, terms: set[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Return each of these English terms as abstracts write it most often."""
    written: dict[tuple[str, ...], Counter[tuple[int, ...]]] = defaultdict(Counter)
    for term, surface in _found(text, terms):
        written[term][surface] += 1
    names = {}
    for term in terms:
        forms: Counter[str] = Counter()
        for surface, number in written[term].items():
            forms[_joined([text.surface_names[one] for one in surface])] += number
        names[term] = _usual(forms) if forms else " ".join(term)
    return names


def latin_case(text: NumberedText) -> dict[str, str]:
    """Return how each English word is written most often: gpu → GPU, for Latin in Chinese terms."""
    counts = Counter(text.surfaces)
    written: dict[str, tuple[int, str]] = {}
    for number, name in enumerate(text.surface_names):
        word = name.removesuffix("-")
        best = max(written.get(fold(word), (0, "")), (counts[number], word))
        written[fold(word)] = best
    return {folded: word for folded, (_, word) in written.items()}


def _found(
    text: NumberedText, terms: set[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Yield the terms in sentences, each with the numbers of its words as written."""
    number_of = {name: number for number, name in enumerate(text.english.names)}
    keys = {tuple(number_of[word] for word in term): term for term in terms}
    lengths: dict[int, set[int]] = defaultdict(set)
    for key in keys:
        lengths[key[0]].add(len(key))
    numbers, titles, begin = text.english.numbers, {*text.titles}, 0
    for segment, end in enumerate(text.english.ends):
        for at in range(begin, end) if segment not in titles else ():
            for length in lengths.get(numbers[at], ()):
                term = keys.get(tuple(numbers[at : at + length]))
                if term:
                    yield term, tuple(text.surfaces[at : at + length])
        begin = end


def _joined(words: list[str]) -> str:
    """Return the words with a hyphen or a space between them."""
    spaced = [word if word.endswith("-") else f"{word} " for word in words]
    return "".join(spaced)[:-1]


def _usual(forms: Counter[str]) -> str:
    """Return the most frequent form: in the singular unless nearly all are plurals."""
    singulars = Counter({form: number for form, number in forms.items() if _is_singular(form)})
    if singulars.total() >= LEAST_SINGULARS * forms.total():
        forms = singulars
    folded: Counter[str] = Counter()
    for form, number in forms.items():
        folded[fold(form)] += number
    spelling = min(folded, key=lambda one: (-folded[one], one))
    return min(
        (form for form in forms if fold(form) == spelling), key=lambda one: (-forms[one], one)
    )


def _is_singular(form: str) -> bool:
    last = form.replace("-", " ").split(" ")[-1]
    return singular(last) == fold(last)
