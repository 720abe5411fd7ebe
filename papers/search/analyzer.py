"""Turn text into index terms and query text into query nodes, by the same rules. No database.

The index holds the words of a text in order. Apart from them it holds further spellings: terms of
the dictionary, the words inside long words, and compounds without their hyphens. A phrase is
therefore found inside longer words, and ``finetuning`` also finds ``fine-tuning``.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from papers.glossary import Glossary
from papers.search import bridge
from papers.search.dictionary import EMPTY_WORDS, FUNCTION_WORDS, HAN, Dictionary, Terms, dictionary
from papers.search.query_nodes import AllOf, Node, Term, all_of, any_of
from papers.text.folding import fold
from papers.text.precomputed import precomputed
from papers.text.segmenter import LONGEST_RUN, divided, engine, words_of
from papers.text.symbol_names import spelled_out
from papers.text.word_forms import varieties

NORMALISER = 3  # version of these rules; raise it when the index terms of a text change
LONGEST_WORD = 40  # characters of a Latin word that are indexed
GRAM = "x"  # prefix of a bigram: no word mixes scripts, so a bigram is never mistaken for a word
MAX_UNITS = 32

_HAN_RUN = re.compile(rf"[{HAN}]+")
_HAN_SEGMENT = re.compile(rf"([{HAN}]{{1,{LONGEST_RUN}}})")
_JOINTS = "-\u2010-\u2015'\u2019._"
_LETTERS = rf"[^\W_{HAN}]+"
_COMPOUND = re.compile(rf"(?<![^\W_{HAN}]){_LETTERS}+(?:[{_JOINTS}]{_LETTERS}+)+")
_ASCII_COMPOUND = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:[-'._][a-z0-9]++)+")
_SEPARATORS = re.compile(r"[\W_]+")
_SPLIT = re.compile(f"[{_JOINTS}]")
_PIECE = re.compile(rf"([{HAN}]+)|({_LETTERS}(?:[{_JOINTS}]{_LETTERS})*)")
_ASCII_SPACED = {
    code: " " for code in range(128) if not (chr(code).isascii() and chr(code).isalnum())
}
_ENGLISH_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at by for from in into is it of on or that the their this to via we with",
    )
)


# --- What is indexed


class Tokens(NamedTuple):
    """The index terms of a text, separated by spaces.

    ``words`` are the words in order, ``spellings`` what only finds them: it adds nothing to a
    score.
    """

    words: str
    spellings: str = ""


@precomputed
def index_tokens(text: str) -> Tokens:
    """Return the index terms of a text."""
    normal = normalised(text)
    if normal.isascii():
        return _ascii_tokens(normal)
    extra = [_SPLIT.sub("", compound) for compound in _COMPOUND.findall(normal)]
    words = _cut(_SEPARATORS.sub(" ", normal), extra)
    return Tokens(words, " ".join(extra))


@lru_cache(maxsize=1000)  # the same English is in several digests of a day
def _ascii_tokens(normal: str) -> Tokens:
    extra = [_SPLIT.sub("", compound) for compound in _ASCII_COMPOUND.findall(normal)]
    return Tokens(normal.translate(_ASCII_SPACED), " ".join(extra))


def normalised(text: str) -> str:
    """Return the text as index and queries read it: folded, with symbols as words."""
    return spelled_out(fold(text))


def _cut(text: str, extra: list[str]) -> str:
    """Return the text with its runs of Han cut into pieces; add longer words to ``extra``.

    All runs are cut in one call, with a space between them.
    """
    segments = _HAN_SEGMENT.split(text)
    runs = segments[1::2]
    if not runs:
        return text
    pieces: list[str] = []
    for word in engine().cut(" ".join(runs)):
        if len(word) <= 2:
            pieces.append(word)
        else:
            inner = divided(word)
            pieces += inner.pieces
            extra += inner.extra
    extra += [term for _, _, term in _terms_in(pieces, dictionary().terms)]
    segments[1::2] = " ".join(pieces).split("   ")  # a space between two runs is a piece of its own
    return " ".join(segments)


def _terms_in(pieces: list[str], terms: Terms) -> Iterator[tuple[int, int, str]]:
    """Yield each dictionary term made of these pieces: its start, number of pieces and text."""
    for at, piece in enumerate(pieces):
        if piece in terms:
            for wanted, term in terms[piece]:
                if tuple(pieces[at : at + len(wanted)]) == wanted:
                    yield at, len(wanted), term


def whole(text: str) -> str:
    """Return a short title or a name as one word; nothing if it is long.

    So papers that are called like a query, and those of an author, are found among any number of
    papers that have its words.
    """
    joined = _SEPARATORS.sub("", normalised(text))
    return joined if len(joined.encode()) <= LONGEST_WORD else ""


def bigrams(text: str) -> str:
    """Return all bigrams of the runs of Han, so that any part of a title can be found.

    The result does not depend on segmentation. A run of one character gives that character.
    """
    return " ".join(gram for run in _HAN_RUN.findall(fold(text)) for gram in _grams(run))


def _grams(run: str) -> list[str]:
    return [GRAM + run[at : at + 2] for at in range(len(run))]


# --- What is asked for


def query_node(
    text: str, field: str = "", whole_terms: bool = True, glossary: Glossary | None = None
) -> Node | None:
    """Return the node that matches texts with all these words; None if there is no word.

    With ``whole_terms=False`` the node does not depend on the dictionary of the index. With a
    glossary Chinese terms also match their English and their synonyms.
    """
    if glossary and field != "authors" and _HAN_RUN.search(text):
        return all_of(list(_bridged_parts(text, field, whole_terms, glossary))[:MAX_UNITS])
    parts: list[Node] = []
    found = (piece.groups() for piece in _PIECE.finditer(normalised(text)))
    for is_han, group in groupby(found, key=lambda piece: bool(piece[0])):
        if is_han:
            for run, _ in group:
                parts += _han_units(run, field, whole_terms)
        else:
            parts += _latin_units([_SPLIT.split(latin) for _, latin in group], field)
    return all_of(parts[:MAX_UNITS])


def phrase(text: str, field: str = "", weight: float = 1.0) -> Node | None:
    """Return the node that matches these words in this order; None if there is no word."""
    words: list[str] = []
    runs: list[str] = []
    for run, latin in (piece.groups() for piece in _PIECE.finditer(normalised(text))):
        if run:
            runs.append(run)
            words += (piece for word in words_of(run) for piece in divided(word).pieces)
        else:
            words += (word[:LONGEST_WORD] for word in _SPLIT.split(latin))
    if not words:
        return None
    spellings = varieties(words[:MAX_UNITS])
    parts: list[Node] = [Term(spelling, field, weight=weight) for spelling in spellings]
    if len(runs) == 1 and len(words) == len(_pieces(runs[0])):
        parts += _in_title(runs[0], field)
    elif len(words) > 1 and not runs:
        parts.append(Term(("".join(words)[:LONGEST_WORD],), field, weight=weight))
    return any_of(parts)


def _pieces(run: str) -> list[str]:
    return [piece for word in words_of(run) for piece in divided(word).pieces]


def _han_units(run: str, field: str, whole_terms: bool) -> list[Node]:
    """Return the nodes for a run of Han; traditional characters also match simplified ones."""
    run = run[: MAX_UNITS * 2]
    simple = simplified(run)
    asked: list[Node] = []
    for one in dict.fromkeys((run, simple)):
        words = all_of(list(_han_words(one, field, whole_terms)))
        asked += [node for node in (words, *_in_title(one, field)) if node]
    together = any_of(asked)
    return [together] if together else []


def _bridged_parts(text: str, field: str, whole_terms: bool, glossary: Glossary) -> Iterator[Node]:
    """Yield a node for each part of the text between spaces; Latin ones are read together.

    Parts that say nothing are left out.
    """
    parts = text.split()
    telling = [part for part in parts if not _says_nothing(part)] or parts
    for has_han, chunks in groupby(telling, key=lambda chunk: bool(_HAN_RUN.search(chunk))):
        for chunk in chunks if has_han else [" ".join(chunks)]:
            own = query_node(chunk, field, whole_terms)
            other = _bridged(simplified(chunk), field, glossary) if has_han else None
            if node := any_of([one for one in (own, other) if one]):
                yield node


def _bridged(chunk: str, field: str, glossary: Glossary) -> Node | None:
    """Return the node that matches each term of the chunk in any of its languages and forms.

    What is between the terms must match as it is, unless it says nothing or is a single character.
    """
    found = bridge.pieces(chunk, glossary)
    if not any(piece.is_bridged for piece in found):
        return None
    return all_of([node for piece in found if (node := _piece_node(piece, field))])


def _piece_node(piece: bridge.Piece, field: str) -> Node | None:
    if not piece.is_bridged and (len(piece.text) == 1 or _says_nothing(piece.text)):
        return None
    own = query_node(piece.text, field)
    english = [phrase(term, field, weight) for term, weight in piece.english]
    synonyms = [phrase(term, field, bridge.SYNONYM) for term in piece.synonyms]
    apart = all_of([node for part in piece.parts if (node := _piece_node(part, field))])
    return any_of([node for node in (own, *english, *synonyms, apart) if node])


def _says_nothing(text: str) -> bool:
    return all(word in EMPTY_WORDS for word in words_of(simplified(text)))


def _in_title(run: str, field: str) -> list[Node]:
    """Return the node that finds the run as a part of a title, whatever the segmentation."""
    if field not in ("", "title"):
        return []
    if len(run) == 1:
        return [Term((GRAM + run,), "title", prefix=True)]
    return [Term(tuple(_grams(run)[:-1]), "title")]


def _han_words(run: str, field: str, whole_terms: bool) -> Iterator[Node]:
    """Yield the words of a run: the longest dictionary terms, then jieba's words.

    Neighbouring single characters form a phrase. Function words such as 的 are left out if the run
    holds any other word.
    """
    units = _units(run, dictionary() if whole_terms else Dictionary())
    telling = [unit for unit in units if unit not in FUNCTION_WORDS]
    singles: list[str] = []
    for unit in [*(telling or units), ""]:
        if len(unit) == 1:
            singles.append(unit)
            continue
        if singles:
            together = "".join(singles) in run
            yield Term(tuple(singles), field) if together else _each(singles, field)
            singles = []
        if unit:
            yield Term((unit,), field)


def _each(words: list[str], field: str) -> Node:
    return AllOf(tuple(Term((word,), field) for word in words))


def _units(run: str, known: Dictionary) -> list[str]:
    """Return the run as the words of the index: the longest terms, then jieba's words."""
    words = words_of(run)
    pieces: list[str] = []
    starts: dict[int, tuple[str, int]] = {}
    for word in words:
        parts = (word,) if len(word) <= 2 else divided(word).pieces
        starts[len(pieces)] = word, len(parts)
        pieces += parts
    longest: dict[int, tuple[int, str]] = {}
    for at, length, term in _terms_in(pieces, known.terms):
        longest[at] = max(longest.get(at, (0, "")), (length, term))
    if not longest:
        return words
    units: list[str] = []
    at = 0
    while at < len(pieces):
        word, length = starts.get(at, (pieces[at], 1))  # a term may end inside a word
        term_length, term = longest.get(at, (0, ""))
        if term_length > length:
            units.append(term)
            at += term_length
        else:
            units.append(word)
            at += length
    return units


def _latin_units(words: list[list[str]], field: str) -> list[Node]:
    """Return a node for each Latin word; it matches the word written as one word or as several."""
    short = [[part[:LONGEST_WORD] for part in parts[:MAX_UNITS]] for parts in words]
    telling = [parts for parts in short if "".join(parts) not in _ENGLISH_STOP_WORDS]
    units = []
    for at, parts in enumerate(telling or short):
        joined = "".join(parts)
        spellings = [*varieties(parts), (joined[:LONGEST_WORD],)]
        if apart := dictionary().compounds.get(joined):
            spellings.append(apart)
        if telling and len(parts) == 1:
            neighbours = (telling[at - 1 : at] if at else [], telling[at + 1 : at + 2])
            for side, neighbour in enumerate(neighbours):
                if neighbour and len(neighbour[0]) == 1:
                    pair = joined + neighbour[0][0] if side else neighbour[0][0] + joined
                    spellings.append((pair[:LONGEST_WORD],))
        unit = any_of([Term(spelling, field) for spelling in spellings])
        if unit:
            units.append(unit)
    return units


def words_in(text: str) -> list[str]:
    """Return the words of a text for display: folded, Han in words, hyphens kept."""
    found: list[str] = []
    for run, latin in _PIECE.findall(normalised(text)):
        found += _units(run, dictionary()) if run else [latin]
    return found


def number_of_parts(word: str) -> int:
    """Return of how many words a word for display is made: 3 for 检索增强生成 and text-to-sql.

    Single letters and characters do not count.
    """
    parts = _pieces(word) if _HAN_RUN.fullmatch(word) else _SPLIT.split(word)
    return max(sum(len(part) > 1 for part in parts), 1)


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(run: str) -> str:
    """Return the text with traditional characters replaced by simplified ones."""
    return _converter().convert(run)
