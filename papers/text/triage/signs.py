"""What can be seen of a text without understanding it: its scripts, formulas and open places."""

import re
import unicodedata
from collections.abc import Iterator

from papers.text.triage.faults import Fault


def faults_as_given(text: str, english: str) -> Iterator[Fault]:
    """The faults that show in the text as it was given, whatever cleaning makes of it."""
    if has_foreign_script(text, english):
        yield Fault.FOREIGN_SCRIPT
    if has_placeholder(text, english):
        yield Fault.PLACEHOLDER
    if is_identical(text, english):
        yield Fault.IDENTICAL


# ---- scripts

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN = re.compile("[A-Za-z]")
_LEAST_CHINESE = 0.1

# Letters of other scripts; of Latin only what is written in Vietnamese alone; U+FFFD.
# Left out: Greek (mathematics), phonetics, the middle dot of the kana, which Chinese uses.
_FOREIGN = re.compile(
    "[\u0400-\u1cff\u1ea0-\u1ef9\u2c80-\u2dff\u3041-\u30fa\u30fc-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\ua000-\ua71f\ua800-\uab2f\uab70-\uf8ff\ufb13-\ufdff\ufe70-\ufefc\uff66-\uffdc\ufffd]"
)


def has_chinese(text: str) -> bool:
    return HAN.search(text) is not None


def hardly_chinese(text: str) -> bool:
    """Whether less than a tenth of the letters are Chinese."""
    if len(text.encode("utf-8", "surrogatepass")) > 1.5 * len(text):
        return False  # a quarter and more takes three bytes: no need to count
    han = len(HAN.findall(text))
    return han < _LEAST_CHINESE * (han + len(_LATIN.findall(text)))


def has_foreign_script(text: str, english: str) -> bool:
    """Whether letters of a third script leaked in; a script that the English has is fine."""
    if not (found := set(_FOREIGN.findall(text))):
        return False
    return not _scripts(found) <= _scripts(set(_FOREIGN.findall(english)))


def _scripts(letters: set[str]) -> set[str]:
    return {unicodedata.name(letter, "?").split()[0] for letter in letters}


def is_identical(text: str, english: str) -> bool:
    if not english or (has_chinese(text) and not has_chinese(english)):
        return False
    return _folded(text) == _folded(english)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


# ---- formulas

_FORMULA = re.compile(r"\$\$?([^$]{1,300})\$")
_TEXT_IN_FORMULA = re.compile(
    r"\\(?:text|emph|unicode|mbox|math(?:rm|sf|tt|it|bf)|operatorname)[a-z]{0,9}\s{0,2}\{[^{}]{0,300}\}"
    r"|\{\\(?:it|bf|em|sc|rm)\b[^{}]{0,300}\}|\^\{?(?:st|nd|rd|th)\b"  # 2^{nd} is a word, too
)
_NO_FORMULA = re.compile(  # 11.7K, 30 m^2, n=, e.g.
    r"[\d.,\s]*(?:[kKMBT]|pp|[ckm]?m\^\{?[23]\}?)?\+?|[A-Za-z]\s?=|e\.g\.,?"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_PLAIN_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}")
_ATOM = re.compile("[A-Za-z]+|[0-9]+|[\u0370-\u03ff]")
_GREEK_LETTERS = {
    name: chr(code)
    for code in range(0x3B1, 0x3CA)
    if (name := unicodedata.name(chr(code)).rsplit(" ", 1)[1].lower())
} | {"lambda": "λ", "varepsilon": "ε", "varphi": "φ", "vartheta": "θ", "ell": "l"}


def has_lost_formulas(text: str, english: str) -> bool:
    """Whether most formulas of the English left no trace, neither a letter nor a number."""
    if "$" not in english or not (formulas := _formulas(english)):
        return False
    there = _atoms(text)
    lost = sum(formula.isdisjoint(there) for formula in formulas)
    return 2 * lost > len(formulas)


def _formulas(english: str) -> list[set[str]]:
    """The letters and numbers of each formula; what is only words, a price or a number is none."""
    formulas = []
    for formula in _FORMULA.findall(english):
        bare = _TEXT_IN_FORMULA.sub(" ", formula)
        atoms = _atoms(bare)
        if _NO_FORMULA.fullmatch(bare.strip()) or len(_PLAIN_WORD.findall(bare)) > 1:
            continue
        if any(map(str.isalpha, atoms)):
            formulas.append(atoms)
    return formulas


def _atoms(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", text)
    if "\\" in plain:
        plain = _COMMAND.sub(lambda found: _GREEK_LETTERS.get(found[1].lower(), " "), plain)
    return {atom.lower() for atom in _ATOM.findall(plain)}


# ---- places that somebody should have filled

_LINK = "(?:链接|连结|网址|网页|URL|url|地址)"
_FILL = "(?:插入|填写|填入|填上|替换|提供|补充|添加|附上|粘贴|输入|占位)"
_OPEN, _CLOSE, _INSIDE = r"[\[【<〈]", r"[\]】>〉]", r"[^\[\]【】<>〈〉{}()（）\n]"
_PLACEHOLDER = re.compile(
    # [链接], [代码链接], <网址>, [此处链接]; not [此链接] or [该网址], which say "this URL" again
    rf"{_OPEN}(?!\s?(?:this|此处?\s?http|https? URL|(?:此|这|该|本|点击|请点击)(?!处|里[是的])))"
    rf"{_INSIDE}{{0,24}}?{_LINK}{_INSIDE}{{0,24}}{_CLOSE}(?![(（](?:this|此) )"
    # [请填写具体网址], （在此处提供链接）, \url{此处插入网址}, [请在此处填写]
    rf"|[\[【<〈({{（]{_INSIDE}{{0,16}}{_FILL}{_INSIDE}{{0,16}}{_LINK}"
    rf"|{_OPEN}(?:请(?!求)|此处|这里|在此){_INSIDE}{{0,12}}{_FILL}"
    # sentences that ask for it
    r"|请(?:将|把|用)[^。；\n]{0,60}(?:替换|补充|换成|填)"
    rf"|请(?:自行|在此|在这里|在此处)?{_FILL}[^。，；\n]{{0,16}}{_LINK}"
    rf"|请(?:根据|按照?)实际[^。；\n]{{0,12}}(?:{_FILL}|调整|修改)|请替换"
    r"|(?:需要?|应该?|应当)(?:被)?(?:替换(?:为|成)(?:实际|具体|正确|真实|公开)|补充完整)"
    rf"|应该?(?:被)?替换[为成][^。，\n]{{0,20}}{_LINK}"
    r"|replaced? (?:it )?with (?:the )?actual"
    # addresses that nobody has
    r"|https?://(?:www\.)?(?:example|your|this[-._]?(?:is|url|link|http|address)|dummy|link\b|xxx)"
    r"|https?://(?:github\.com/)?(?:your|username|example|\.{2,}|[)>\]）》]|…)",
    re.IGNORECASE,
)
_HINTS = ("链接", "网址", "网页", "URL", "地址", "替换", "请", "http", "replace")


def has_placeholder(text: str, english: str) -> bool:
    if not any(hint in text for hint in _HINTS):
        return False
    return any(found[0] not in english for found in _PLACEHOLDER.finditer(text))


# ---- where they are


def faulty_places(text: str, english: str) -> Iterator[tuple[int, int, Fault]]:
    """Start, end and fault of each letter of a third script and of each open place."""
    if has_foreign_script(text, english):
        own = set(_FOREIGN.findall(english))
        for found in _FOREIGN.finditer(text):
            if found[0] not in own:
                yield found.start(), found.end(), Fault.FOREIGN_SCRIPT
    if has_placeholder(text, english):
        for found in _PLACEHOLDER.finditer(text):
            if found[0] not in english:
                yield found.start(), found.end(), Fault.PLACEHOLDER
