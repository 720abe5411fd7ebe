"""Find faults that show in the characters of a text: scripts, lost formulas and placeholders."""

import re
import unicodedata
from collections.abc import Iterator

from papers.text.triage import addresses
from papers.text.triage.english import English
from papers.text.triage.faults import Fault


def faults_as_given(text: str, english: English) -> Iterator[Fault]:
    """Yield the faults of the text as it was given, before it is cleaned."""
    if has_foreign_script(text, english):
        yield Fault.FOREIGN_SCRIPT
    if has_placeholder(text, english):
        yield Fault.PLACEHOLDER
    if addresses.may_have_some(text) and any(
        not _PLACEHOLDER.match(text, *place) for place in addresses.invented(text, english)
    ):
        yield Fault.INVENTED_ADDRESS
    if is_identical(text, english):
        yield Fault.IDENTICAL


# ---- scripts

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN = re.compile("[A-Za-z]")
_LEAST_CHINESE = 0.1

# Letters of other scripts, Latin letters that only Vietnamese uses, and U+FFFD. Not included: Greek
# (mathematics), phonetic letters, and the middle dot of the kana, which Chinese uses.
_FOREIGN = re.compile(
    "[\u0400-\u1cff\u1ea0-\u1ef9\u2c80-\u2dff\u3041-\u30fa\u30fc-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\ua000-\ua71f\ua800-\uab2f\uab70-\uf8ff\ufb13-\ufdff\ufe70-\ufefc\uff66-\uffdc\ufffd]"
)


def has_chinese(text: str) -> bool:
    return not text.isascii() and HAN.search(text) is not None


def hardly_chinese(text: str) -> bool:
    """Return whether less than a tenth of the letters are Chinese."""
    if len(text.encode("utf-8", "surrogatepass")) > 1.5 * len(text):
        return False  # a quarter or more of the characters take three bytes each: no need to count
    han = len(HAN.findall(text))
    return han < _LEAST_CHINESE * (han + len(_LATIN.findall(text)))


# 波斯语（فارسی）: a language named in its own letters
_OWN_NAME = re.compile(r"(?<=[语文])[（(][^（()）\n]{1,40}[)）]")


def has_foreign_script(text: str, english: str) -> bool:
    """Return whether the text has letters of a third script that the English does not have."""
    if not _FOREIGN.search(text) or not (found := set(_FOREIGN.findall(_OWN_NAME.sub("", text)))):
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
    r"[\d.,\s]*(?:[kKMBTD]|pp|[ckm]?m\^\{?[23]\}?)?\+?|[A-Za-z]\s?=|e\.g\.,?"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_PLAIN_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}")
_ATOM = re.compile("[A-Za-z]+|[0-9]+|[\u0370-\u03ff]")
_GREEK_LETTERS = {
    name: chr(code)
    for code in range(0x3B1, 0x3CA)
    if (name := unicodedata.name(chr(code)).rsplit(" ", 1)[1].lower())
} | {"lambda": "λ", "varepsilon": "ε", "varphi": "φ", "vartheta": "θ", "ell": "l"}


_NAMES = """
    阿尔法 贝塔 伽马 德尔塔 艾普西隆 泽塔 伊塔 西塔 约塔 卡帕 拉姆达 缪 纽 克西 奥密克戎 派 柔
    西格玛 西格玛 套 宇普西隆 斐 卡 普西 欧米伽
"""
_POWERS = (("2", "平方"), ("3", "立方"))
_SPELT = dict(zip(map(chr, range(0x3B1, 0x3CA)), _NAMES.split(), strict=True))


def has_lost_formulas(text: str, english: str) -> bool:
    """Return whether most formulas of the English are missing, with all letters and numbers."""
    if "$" not in english or not (formulas := _formulas(english)):
        return False
    there = set(_atoms(text))
    lost = [formula for formula in formulas if there.isdisjoint(formula)]
    if 2 * len(lost) <= len(formulas):
        return False
    said = _folded(text)
    return 2 * sum(not _is_said_otherwise(one, said) for one in lost) > len(formulas)


def _is_said_otherwise(formula: list[str], said: str) -> bool:
    r"""Return whether the formula is written as one word or in Chinese words.

    One word: ``VistaDPO`` for ``\mathcal{V}ista\mathcal{DPO}``. Chinese words: 平方 for ``$N^2$``,
    阿尔法 for ``$\alpha$``.
    """
    word = "".join(formula)
    if len(word) > 2 and word in said:
        return True
    if any(power in formula and name in said for power, name in _POWERS):
        return True
    names = {_SPELT.get(atom, "") for atom in formula}
    names |= {name for name, letter in _GREEK_LETTERS.items() if letter in formula}
    return any(name in said for name in names - {""})


def _formulas(english: str) -> list[list[str]]:
    """Return the letters and numbers of each formula. Words, prices and numbers do not count."""
    formulas = []
    for formula in _FORMULA.findall(english):
        bare = _TEXT_IN_FORMULA.sub(" ", formula)
        atoms = _atoms(bare)
        if _NO_FORMULA.fullmatch(bare.strip()) or len(_PLAIN_WORD.findall(bare)) > 1:
            continue
        if any(map(str.isalpha, atoms)):
            formulas.append(atoms)
    return formulas


def _atoms(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text)
    if "\\" in plain:
        plain = _COMMAND.sub(lambda found: _GREEK_LETTERS.get(found[1].lower(), " "), plain)
    return _ATOM.findall(plain.lower())


# ---- placeholders that were not filled

_LINK = "(?:链接|连结|网址|网页|URL|url|地址)"
_FILL = "(?:插入|填写|填入|填上|替换|提供|补充|添加|附上|粘贴|输入|占位)"
_OPEN, _CLOSE, _INSIDE = r"[\[【<〈]", r"[\]】>〉]", r"[^\[\]【】<>〈〉{}()（）\n]"
_PLACEHOLDER = re.compile(
    # [链接], [代码链接], <网址>, [此链接]; not [此 https 链接], which says "this https URL" again
    rf"{_OPEN}(?!\s?(?:this|(?:此处?|这个?|该)?\s?https?))"
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
    # addresses that are only examples
    r"|https?://(?=[\u4e00-\u9fff])"
    r"|https?://(?:www\.)?(?:example|your|this[-._]?(?:is|url|link|http|address)|dummy|link(?:\b|_)|xxx"
    r"|(?:some|site|project|dataset|code|a|the)[-.]?(?:url|link)\b)"
    r"|https?://(?:github\.com/)?(?:your|user|example|x{3}|\.{2,}|[)>\]）》]|…)",
    re.IGNORECASE,
)
_HINT = re.compile("链接|网址|网页|URL|地址|替换|请|http|replace")


def has_placeholder(text: str, english: str) -> bool:
    if not _HINT.search(text):
        return False
    return any(found[0] not in english for found in _PLACEHOLDER.finditer(text))


# ---- positions of faults


def faulty_places(text: str, english: str) -> Iterator[tuple[int, int, Fault]]:
    """Yield start, end and fault of each foreign letter, placeholder and invented address."""
    for start, end in addresses.invented(text, English(english)):
        yield start, end, Fault.INVENTED_ADDRESS
    if has_foreign_script(text, english):
        own = set(_FOREIGN.findall(english))
        for found in _FOREIGN.finditer(text):
            if found[0] not in own:
                yield found.start(), found.end(), Fault.FOREIGN_SCRIPT
    if has_placeholder(text, english):
        for found in _PLACEHOLDER.finditer(text):
            if found[0] not in english:
                yield found.start(), found.end(), Fault.PLACEHOLDER
