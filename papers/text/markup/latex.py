r"""Parse a line with the LaTeX text commands that remain in titles and abstracts into nodes.

Unknown commands stay as text, with the backslash: they may be an author's own macro, a regular
expression or a Windows path.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from papers.text.markup.formulas import FormulaMatch, find_formulas
from papers.text.markup.links import address_at, is_pointer, link_of, may_hold_links, with_links
from papers.text.markup.nodes import Link, Node, Styled, joined
from papers.text.markup.symbols import SYMBOLS

DEEPEST = 12
"""Levels of nested commands. Deeper ones stay text."""

# Commands with one argument: the style of the argument, or empty to keep only its text.
STYLES = {
    **dict.fromkeys(("textbf", "mathbf", "bm", "boldsymbol", "textbfit"), "bold"),
    **dict.fromkeys(("emph", "textit", "textsl", "mathit"), "emphasis"),
    **dict.fromkeys(("texttt", "code", "lstinline", "mathtt"), "code"),
    **dict.fromkeys(("underline", "uline", "ul"), "underlined"),
    "textsc": "small-caps",
    **dict.fromkeys(("textsuperscript", "textsuper"), "superscript"),
    "textsubscript": "subscript",
    **dict.fromkeys(("text", "textrm", "textsf", "textnormal", "textup", "textmd", "mbox"), ""),
    **dict.fromkeys(("mathrm", "mathsf", "enquote", "revise", "acs", "ac", "Ac", "acp"), ""),
}
# Switches, which apply to the rest of their group: {\em text}.
SWITCHES = {"bf": "bold", "em": "emphasis", "it": "emphasis", "sl": "emphasis", "tt": "code"}
SWITCHES |= {"sc": "small-caps", "bfseries": "bold", "itshape": "emphasis", "rm": "", "sf": ""}
AROUND = {"footnote": (" (", ")"), "cite": ("[", "]"), "citep": ("[", "]"), "citet": ("[", "]")}
AROUND |= {"citeauthor": ("[", "]"), "citealp": ("[", "]")}
DROPPED = {"label", "ref", "vspace", "hspace", "cref", "color", "index"}
BARE = {"par", "noindent", "centering", "xspace", "protect", "newline", "linebreak", "small"}
CHARACTERS = {
    **{one: one for one in "%&_#${}"},
    **dict.fromkeys((",", ";", ":", " ", "\\", "\n"), " "),
    **dict.fromkeys(("-", "@", "/", "!"), ""),
}
WORDS = {
    **SYMBOLS,
    "ie": "i.e.",
    "eg": "e.g.",
    "etc": "etc.",
    "etal": "et al.",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "textendash": "–",
    "textemdash": "—",
    "textdegree": "°",
    "textmu": "μ",
    "texttimes": "×",
    "textpm": "±",
    "textregistered": "®",
    "texttrademark": "™",
    "copyright": "©",
    "textquotesingle": "'",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textquotedblleft": "“",
    "euro": "€",
    "textquotedblright": "”",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "quad": " ",
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "j": "ȷ",
    "S": "§",
    "pounds": "£",
    "hyphen": "-",
}
LETTERS = {"ss", "o", "O", "l", "L", "ae", "AE", "oe", "OE", "aa", "AA", "i", "j"}
# https://en.wikibooks.org/wiki/LaTeX/Special_Characters#Escaped_codes
ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}
_SIGN = re.compile(r"\\([A-Za-z]+|.)\*?|\{|https?://|~|---?|``|''|\"|\*\*", re.DOTALL)
# Bold text in Markdown. In 2**3**4 the signs mean powers.
_BOLD = re.compile(r"(?<![A-Za-z0-9*])\*\*(?=[^\s*])([^*\n]{0,200}[^\s*])\*\*(?!\*)")
_QUOTES = re.compile("``|''|\"")
_BRACES = re.compile(r"\\\\|\\[{}]|[{}]")
_ACCENTED = re.compile(
    r"""\\(?:(?P<sign>[`'^~"=.])\s*|(?P<letter>[uvHckrdb])(?=[{ ])\s*)"""
    r"(?:\{\s*\\?(?P<braced>[^\W\d_])\s*\}|\\(?P<dotless>[ij])(?![A-Za-z])|(?P<bare>[^\W\d_]))"
)
# Brackets around words that a translator escaped for Markdown: \[此链接\]
_ESCAPED_WORDS = re.compile(
    r"\\\[(?=[^\\\[\]]*(?:[\u4e00-\u9fff]|https? ?URL))([^\\\[\]^_$]{1,80})\\?\]"
)
_SPACE = re.compile(r"\s*")
_BEFORE_ARGUMENT = re.compile(r"\s*(?:\[[\w.,=! ]{0,60}\](?=\{))?")
_ASCII_BEFORE_TIE = re.compile(r"[A-Za-z0-9.,;:)}\]]")
_ASCII_AFTER_TIE = re.compile(r"[A-Za-z$\\({\[]")
_BEFORE_NUMBER = re.compile(r"[A-Za-z.)]")


def is_plain(text: str) -> bool:
    """Return whether the text certainly has no LaTeX. A quick check that excludes most texts."""
    return not (
        "$" in text
        or "\\" in text
        or "~" in text
        or "--" in text
        or "``" in text
        or "''" in text
        or "**" in text
    )


@lru_cache(maxsize=64)  # a line is read for its paragraph, and to compare it with its sentences
def read_line(text: str) -> tuple[Node, ...]:
    """Return the nodes of a line."""
    if "\\[" in text:
        text = _ESCAPED_WORDS.sub(r"[\1]", text)
    if is_plain(text):
        return joined(_text(text))
    return joined(_Line(text).nodes(0, len(text), 0))


def _text(text: str) -> Iterator[Node]:
    """Yield the nodes of text without LaTeX: text, addresses and words that stand for a link."""
    if not may_hold_links(text):
        yield text
        return
    position = 0
    for scheme in re.finditer("https?://", text):
        if scheme.start() >= position and (address := address_at(text, scheme.start())):
            yield from with_links(text[position : scheme.start()])
            yield link_of(address)
            position = scheme.start() + len(address)
    yield from with_links(text[position:])


class _Line:
    """One line during parsing, with the positions of its formulas and of matching braces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.formulas = {found.start: found for found in find_formulas(text)}
        self._quotes = _quotes(text)
        self._closing = _partners(text, list(self.formulas.values()))

    def nodes(self, start: int, end: int, depth: int) -> Iterator[Node]:
        """Yield the nodes between two positions."""
        kept = position = start
        while position < end:
            if found := self._next(position, end):
                sign_start, sign = found
            else:
                break
            nodes, position = self._at(sign_start, sign, end, depth)
            if nodes is None:  # not a command, so it stays text
                continue
            yield from with_links(self.text[kept:sign_start])
            yield from nodes
            kept = position
        yield from with_links(self.text[kept:end])

    def _next(self, position: int, end: int) -> tuple[int, str] | None:
        """Return the next position where a formula or command may start, and its sign."""
        sign = _SIGN_OR_FORMULA.search(self.text, position, end)
        return (sign.start(), sign[0]) if sign else None

    def _at(self, start: int, sign: str, end: int, depth: int) -> tuple[list[Node] | None, int]:
        """Return the nodes that start here, or None, and the position after them."""
        after = start + len(sign)
        if found := self.formulas.get(start):
            return [found.formula], found.end
        if sign.startswith("http"):
            address = address_at(self.text, start)
            return ([link_of(address)], start + len(address)) if address else (None, after)
        if sign == "{":
            return self._group(start, depth)
        if sign == "$$":
            return None, start + 1
        if sign == "**":
            return self._bold(start, depth)
        if sign[0] == "\\":
            return self._command(start, sign, end, depth)
        return self._typography(start, sign), after

    def _typography(self, start: int, sign: str) -> list[Node] | None:
        end = start + len(sign)
        before, after = self.text[max(start - 1, 0) : start], self.text[end : end + 1]
        if sign == "~":
            tied = bool(_ASCII_BEFORE_TIE.match(before) and _ASCII_AFTER_TIE.match(after))
            tied = tied or bool(_BEFORE_NUMBER.match(before) and after.isdigit())
            return ["\u00a0"] if tied else None
        if sign == "--":
            is_option = before in {"", " ", "`", '"', "'", "(", "-"} and after.isalpha()
            return None if is_option or after == "-" or before == "-" else ["–"]
        if sign == "---":
            return None if after == "-" or before == "-" else ["—"]
        return [self._quotes[start]] if start in self._quotes else None

    def _bold(self, start: int, depth: int) -> tuple[list[Node] | None, int]:
        """Parse ``**text**``, Markdown that translators and some authors use."""
        found = _BOLD.match(self.text, start)
        if not found or depth >= DEEPEST:
            return None, start + 2
        return [Styled("bold", joined(self.nodes(*found.span(1), depth + 1)))], found.end()

    def _group(self, start: int, depth: int) -> tuple[list[Node] | None, int]:
        r"""Parse ``{\em text}``. Other braces are text."""
        switch = _SWITCH.match(self.text, start)
        closing = self._closing.get(start)
        if not (switch and closing and switch[1] in SWITCHES) or depth >= DEEPEST:
            return None, start + 1
        children = joined(self.nodes(switch.end(), closing, depth + 1))
        style = SWITCHES[switch[1]]
        return ([Styled(style, children)] if style else list(children)), closing + 1

    def _command(
        self, start: int, sign: str, end: int, depth: int
    ) -> tuple[list[Node] | None, int]:
        after = start + len(sign)
        if accented := _ACCENTED.match(self.text, start, end):
            return [_accent(accented)], accented.end()
        name = sign[1:].rstrip("*")
        if name in CHARACTERS:
            return [CHARACTERS[name]], start + 1 + len(name)
        if name in WORDS:
            return [WORDS[name]], self._after_word(name, after)
        if name in BARE:
            return [" "], after
        if name in {"verb", "lstinline"} and (verbatim := _VERBATIM.match(self.text, start, end)):
            return [Styled("code", (verbatim[2],))], verbatim.end()
        if depth >= DEEPEST:
            return None, after
        return self._with_arguments(name, after, depth)

    def _after_word(self, name: str, position: int) -> int:
        r"""Return the position after ``\alpha{}``, or after ``\alpha`` and the space behind it."""
        if self.text.startswith("{}", position):
            return position + 2
        return position + (name in LETTERS and self.text.startswith(" ", position))

    def _with_arguments(self, name: str, after: int, depth: int) -> tuple[list[Node] | None, int]:
        first = self._argument(after)
        if name in SWITCHES and name not in STYLES:
            return [""], _SPACE.match(self.text, after).end()  # type: ignore[union-attr]
        if first is None:
            return None, after
        start, end = first
        if name in DROPPED:
            return [], end + 1
        if name == "url":
            return [self._url(self.text[start:end])], end + 1
        if name == "href" or name == "textcolor":
            return self._second(name, first, depth)
        if name in AROUND:
            opening, closing = AROUND[name]
            return [opening, *self.nodes(start, end, depth + 1), closing], end + 1
        if name not in STYLES:
            return None, after
        children = joined(self.nodes(start, end, depth + 1))
        style = STYLES[name]
        return ([Styled(style, children)] if style and children else list(children)), end + 1

    def _second(
        self, name: str, first: tuple[int, int], depth: int
    ) -> tuple[list[Node] | None, int]:
        r"""Parse ``\href{address}{words}`` and ``\textcolor{red}{words}``."""
        start, end = first
        second = self._argument(end + 1)
        address = self.text[start:end]
        if second is None:
            return ([self._url(address)] if name == "href" else []), end + 1
        children = joined(self.nodes(*second, depth + 1))
        if name == "textcolor":
            return list(children), second[1] + 1
        return [self._href(address, _without_links(children))], second[1] + 1

    def _url(self, text: str) -> Node:
        text = text.strip().strip("{}")
        return Link((text,)) if is_pointer(text) else link_of(text)

    def _href(self, address: str, children: tuple[Node, ...]) -> Node:
        target = self._url(address)
        if isinstance(target, Link):
            return Link(children or target.children, target.address)
        return Styled("", children)

    def _argument(self, position: int) -> tuple[int, int] | None:
        """Return the start and end of the argument in braces, after an optional ``[…]``."""
        start = _BEFORE_ARGUMENT.match(self.text, position).end()  # type: ignore[union-attr]
        closing = self._closing.get(start)
        return (start + 1, closing) if closing is not None else None


_SIGN_OR_FORMULA = re.compile(_SIGN.pattern + r"|\$\$?", re.DOTALL)
_SWITCH = re.compile(r"\{\s*\\([A-Za-z]+)(?![A-Za-z])\s*")
_VERBATIM = re.compile(r"\\(?:verb|lstinline)\*?([^A-Za-z\s*{])(.*?)\1")


def _quotes(text: str) -> dict[int, str]:
    """Return the curly quotation mark for each LaTeX quote that has a partner, by position.

    The pairs are ``…'', and the forms that authors write instead: ``…", ``…`` and ''…''. A quote
    without partner stays as it is.
    """
    found: dict[int, str] = {}
    opened: re.Match[str] | None = None
    for mark in _QUOTES.finditer(text):
        if "`" in (text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]):
            continue
        if opened and (mark[0] != "``" or not text[mark.end() : mark.end() + 1].isalnum()):
            found |= {opened.start(): "“", mark.start(): "”"}
            opened = None
        elif mark[0] == "``" or (mark[0] == "''" and _may_open(text, mark)):
            opened = mark
    return found


def _may_open(text: str, mark: re.Match[str]) -> bool:
    before = text[max(mark.start() - 1, 0) : mark.start()]
    return before in ("", " ", "(") and text[mark.end() : mark.end() + 1].isalnum()


def _partners(text: str, formulas: list[FormulaMatch]) -> dict[int, int]:
    """Return the position of the closing brace for each opening one outside of formulas."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    inside = iter(formulas)
    formula = next(inside, None)
    for brace in _BRACES.finditer(text):
        while formula and formula.end <= brace.start():
            formula = next(inside, None)
        if formula and formula.start <= brace.start():
            continue
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            partners[opened.pop()] = brace.start()
    return partners


def _accent(found: re.Match) -> str:
    letter = found["braced"] or found["dotless"] or found["bare"]
    mark = ACCENTS[found["sign"] or found["letter"]]
    return unicodedata.normalize("NFC", letter + mark)


def _without_links(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return the nodes without links, for use inside of a link."""
    return joined(child for node in nodes for child in _unlinked(node))


def _unlinked(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Link):
        return _without_links(node.children)
    if isinstance(node, Styled):
        return (Styled(node.style, _without_links(node.children)),)
    return (node,)
