"""Mine terms from bilingual papers: sequences of words that translate each other. Pure.

``docs/glossary.md`` explains the steps and reports the precision. The result depends on the texts
only, not on their order: ties are resolved by counts and by the texts of the terms.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, TypeVar

from papers.db.bulk import chunks
from papers.glossary import termhood
from papers.glossary.bitext import BilingualPaper, cut
from papers.glossary.candidates import CHINESE, ENGLISH, Candidates, candidates
from papers.glossary.numbered_text import NumberedText
from papers.glossary.pairing import Partner, best_partners
from papers.glossary.surfaces import as_written, latin_case
from papers.glossary.term_pairs import Direction, Kind, Origin, TermPair
from papers.glossary.title_words import Translation, translations
from papers.glossary.tokens import english_key
from papers.parallel import parallel_map

LONGER_ENGLISH, LONGER_CHINESE = 0.07, 0.15
"""How much lower the Dice coefficient of a longer term may be that contains the best partner."""
LEAST_TITLES = 1
"""The least number of English titles with a term that may be shown."""
CORE_DICE, CORE_TOGETHER = 0.45, 8
VARIANT_SHARE, VARIANT_DICE = 0.6, 0.08
"""The least share of a variant's texts that have the term of the other language, and the least
Dice coefficient of the two."""
LEAST_TOGETHER = 5
LEAST_DEFINITIONS = 3
"""The least number of papers that define an abbreviation."""
DEFINITION_SHARE = 0.5
"""The least share of those papers that define it as the same term."""

WORKERS = 2  # of about 100 MB each
PAPERS_A_CALL = 100

T = TypeVar("T")
Progress = Callable[[Iterable[T], str], Iterable[T]]
"""Wraps what is worked through, to show progress; the text says what is done."""


def silent(steps: Iterable[T], description: str) -> Iterable[T]:
    """Show no progress."""
    return steps


def mine(papers: Iterable[BilingualPaper], progress: Progress = silent) -> list[TermPair]:
    """Return the pairs of terms in these papers, by English and Chinese."""
    with TemporaryFile("w+", encoding="utf-8") as segments:
        abbreviations = _cut(progress(papers, "reading papers"), segments)
        segments.seek(0)
        text = NumberedText(segments)
    return pairs_of(text, abbreviations, progress)


def _cut(papers: Iterable[BilingualPaper], segments: IO[str]) -> Counter[tuple[str, str]]:
    """Write the segments of the papers to a file, because the workers need the memory now.

    Return the number of papers that define each abbreviation, with its long form in normal form.
    """
    abbreviations: Counter[tuple[str, str]] = Counter()
    for some in parallel_map(cut, chunks(papers, PAPERS_A_CALL), WORKERS):
        segments.writelines(some.segments)
        abbreviations.update((short, english_key(long)) for short, long in some.abbreviations)
    return abbreviations


def pairs_of(
    text: NumberedText, abbreviations: Counter[tuple[str, str]], progress: Progress = silent
) -> list[TermPair]:
    """Return the pairs of terms in these segments."""
    words_zh = text.take_chinese()
    words = translations(text.english, words_zh, text.titles)
    chinese, english = (
        candidates(some, language)
        for some, language in progress(
            ((words_zh, CHINESE), (text.english, ENGLISH)), "finding terms"
        )
    )
    pairing = Pairing(chinese, english, english.found.counts_in(text.titles), progress)
    found = [*pairing.core(), *pairing.variants()]
    written = {english.terms[en] for _, en, *_ in found}
    written |= {(text.english.names[word.english],) for word in words}
    names = as_written(text, written)
    case = latin_case(text)
    pairs: dict[tuple[str, str], TermPair] = {}
    for pair in pairing.pairs(found, names, case):
        pairs.setdefault(pair.key, pair)
    for pair in _abbreviations(abbreviations, list(pairs.values())):
        pairs.setdefault(pair.key, pair)
    for word in words:
        english_name = names[text.english.names[word.english],]
        pair = _searched_word(word, words_zh.names[word.chinese], english_name)
        pairs.setdefault(pair.key, pair)
    return sorted(pairs.values(), key=lambda pair: (pair.english.lower(), pair.chinese, pair))


def _searched_word(word: Translation, chinese: str, english: str) -> TermPair:
    """Return a word of titles as a pair for searches. Its counts are titles."""
    share = round(word.share, 2)
    together = round(word.share * word.titles_zh)
    return TermPair(
        chinese,
        english,
        Kind.VARIANT,
        Direction.TO_ENGLISH,
        Origin.MINED,
        share,
        together,
        word.titles_zh,
        word.titles_en,
    )


Found = tuple[int, int, Kind, Direction, Partner]
Words = tuple[str, ...]


class Pairing:
    """Decides which candidates translate each other."""

    def __init__(
        self,
        chinese: Candidates,
        english: Candidates,
        titles: Counter[int],
        progress: Progress = silent,
    ) -> None:
        self._chinese, self._english, self._titles = chinese, english, titles
        texts = progress(chinese.found.by_term(), "pairing terms")
        self._of_chinese, self._of_english = best_partners(
            chinese.found.counts, texts, english.found, LEAST_TOGETHER
        )
        self._core = self._mutual()

    def pairs(
        self, found: Iterable[Found], names: dict[Words, str], case: dict[str, str]
    ) -> Iterator[TermPair]:
        """Yield what was found as it is written, and with its counts."""
        for zh, en, kind, direction, partner in found:
            yield TermPair(
                "".join(case.get(word, word) for word in self._chinese.terms[zh]),
                names[self._english.terms[en]],
                kind,
                direction,
                Origin.MINED,
                round(partner.dice, 2),
                partner.together,
                self._chinese.found.counts[zh],
                self._english.found.counts[en],
            )

    def core(self) -> Iterator[Found]:
        for (zh, en), partner in self._core.items():
            yield zh, en, Kind.CORE, Direction.BOTH, partner

    def variants(self) -> Iterator[Found]:
        """Yield terms of which most occurrences come with one term of the other language."""
        core_zh, core_en = {zh for zh, _ in self._core}, {en for _, en in self._core}
        for zh, partners in self._of_chinese.items():
            for partner in partners:
                if self._is_variant(zh, partner.number, partner, self._chinese, zh) and (
                    partner.number in core_en
                ):
                    yield zh, partner.number, Kind.VARIANT, Direction.TO_ENGLISH, partner
        for en, partners in self._of_english.items():
            for partner in partners:
                if self._is_variant(partner.number, en, partner, self._english, en) and (
                    partner.number in core_zh
                ):
                    yield partner.number, en, Kind.VARIANT, Direction.TO_CHINESE, partner

    def _is_variant(
        self, zh: int, en: int, partner: Partner, side: Candidates, number: int
    ) -> bool:
        share = partner.together / side.found.counts[number]
        return (
            share >= VARIANT_SHARE
            and partner.dice >= VARIANT_DICE
            and (zh, en) not in self._core
            and self._corresponds(zh, en, partner.dice)
        )

    def _mutual(self) -> dict[tuple[int, int], Partner]:
        """Return the pairs of which each term is the best partner of the other."""
        chosen = {
            zh: _chosen(partners, self._english.terms, LONGER_ENGLISH, _contains)
            for zh, partners in self._of_chinese.items()
        }
        back = {
            en: _chosen(partners, self._chinese.terms, LONGER_CHINESE, _contains_text)
            for en, partners in self._of_english.items()
        }
        return {
            (zh, partner.number): partner
            for zh, partner in chosen.items()
            if back[partner.number].number == zh and self._is_core(zh, partner)
        }

    def _is_core(self, zh: int, partner: Partner) -> bool:
        return (
            partner.dice >= CORE_DICE
            and partner.together >= CORE_TOGETHER
            and self._titles[partner.number] >= LEAST_TITLES
            and self._corresponds(zh, partner.number, partner.dice)
        )

    def _corresponds(self, zh: int, en: int, dice: float) -> bool:
        return termhood.corresponds(self._english.terms[en], self._chinese.terms[zh], dice)


def _chosen(
    partners: list[Partner],
    terms: list[Words],
    slack: float,
    contains: Callable[[Words, Words], bool],
) -> Partner:
    """Return the best partner, or the longest that contains it and is nearly as good."""
    best = partners[0]
    for other in partners[1:]:
        is_near = other.dice >= partners[0].dice * (1 - slack)
        if is_near and contains(terms[other.number], terms[best.number]):
            best = other
    return best


def _contains(longer: Words, words: Words) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(longer)} " and longer != words


def _contains_text(longer: Words, words: Words) -> bool:
    return "".join(words) in "".join(longer) and longer != words


def _abbreviations(defined: Counter[tuple[str, str]], pairs: list[TermPair]) -> Iterator[TermPair]:
    """Yield abbreviations of core terms that several papers define, and most of them alike."""
    core = {pair.key[1]: pair for pair in pairs if pair.kind == Kind.CORE}
    papers: Counter[str] = Counter()
    for (short, _), number in defined.items():
        papers[short] += number
    for (short, long), number in sorted(defined.items()):
        is_usual = number >= max(LEAST_DEFINITIONS, DEFINITION_SHARE * papers[short])
        if is_usual and (pair := core.get(long)) and pair.english.lower() != short.lower():
            yield pair._replace(
                english=short, kind=Kind.ABBREVIATION, score=round(number / papers[short], 2)
            )
