"""Marks: formulas, addresses and code are replaced by ``⟦1⟧`` before a text is translated.

A model that sees a formula may change it. It sees a mark instead, which has to stand in the answer
exactly once, in the same field; then the original is put back.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papers.text.markup.formulas import find_formulas

MARK = re.compile("⟦([0-9]{1,4})⟧")

_KEPT = re.compile(
    r"""
    \\(?:url|texttt|code|cite[a-z]*|ref|label|lstinline)\{[^{}\n]{0,300}\}
  | \\href\{[^{}\n]{0,300}\}\{[^{}\n]{0,300}\}
  | `[^`\n]{1,300}`
  | (?:https?://|www\.)[^\s<>"'{}|\\^`\u3000-\uffef\u4e00-\u9fff]{2,300}
  | (?<![\w./@-])(?:[\w-]{1,60}\.){1,5}(?:com|org|io|net|ai|edu|cn|dev)
    (?:/[\w./~%+-]{0,300})?(?![\w-])
  | [\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}
  | \b[Tt]his\ https?\ URL\b
  | <[^<>\s]{1,40}>
    """,
    re.VERBOSE | re.ASCII,
)
_ENDS_SENTENCE = ".,;:!?)]*"


@dataclass(frozen=True)
class Marked:
    """A text with marks, and what each of its marks stands for, by number."""

    text: str
    kept: dict[int, str]

    def is_whole(self, answer: str) -> bool:
        """Return whether the answer has each of these marks exactly once, and no other sign of
        one."""
        found = sorted(map(int, MARK.findall(answer)))
        signs = answer.count("⟦"), answer.count("⟧")
        return found == sorted(self.kept) and signs == (len(found), len(found))

    def restore(self, answer: str) -> str:
        """Return the answer with the originals in the place of their marks."""
        return MARK.sub(lambda found: self.kept.get(int(found[1]), found[0]), answer)


def mark(text: str, first: int = 1) -> Marked:
    """Return the text with marks, numbered from ``first``."""
    kept: dict[int, str] = {}
    pieces, position = [], 0
    for number, (start, end) in enumerate(_spans(text), start=first):
        kept[number] = text[start:end]
        pieces += [text[position:start], f"⟦{number}⟧"]
        position = end
    return Marked("".join([*pieces, text[position:]]), kept)


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the start and end of everything to keep, in order and without overlap."""
    formulas = list(_formulas(text))
    others = list(_others(text))
    spans: list[tuple[int, int]] = []
    for start, end in sorted([*formulas, *others], key=lambda one: (one[0], -one[1])):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return _with_signs(text, spans)


def _formulas(text: str) -> Iterator[tuple[int, int]]:
    """Yield the formulas of each line, as the renderer finds them."""
    position = 0
    for line in text.split("\n"):
        for found in find_formulas(line):
            yield position + found.start, position + found.end
        position += len(line) + 1


def _others(text: str) -> Iterator[tuple[int, int]]:
    for found in _KEPT.finditer(text):
        is_address = found[0][:4] in {"http", "www."}
        kept = found[0].rstrip(_ENDS_SENTENCE) if is_address else found[0]
        yield found.start(), found.start() + len(kept)


def _with_signs(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans, with a span of its own for each sign of a mark that is in none of them."""
    inside = {place for start, end in spans for place in range(start, end)}
    left = [
        (place, place + 1)
        for place, sign in enumerate(text)
        if sign in "⟦⟧" and place not in inside
    ]
    return sorted([*spans, *left])
