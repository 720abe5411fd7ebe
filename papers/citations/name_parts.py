"""Splitting of author names into family and given names, for reference managers.

A name is split only if the parts are clear. A name in Chinese, Japanese or Korean script, a name of
one word, and the name of a team, a company or a school are kept whole.
"""

import re
import unicodedata
from dataclasses import dataclass

_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_AFFILIATION = re.compile(r"\s*[(（][^()（）]*[)）]")
_TITLES = re.compile(r"(?:(?:Dr|Prof)\.? )+(?=\S+ )")
# After a comma a letter may be a number, too; in "Ravi Kumar V" it is an initial.
_SUFFIX = re.compile(r"(?:[JjSs]r|II|III|IV|M\.?D|Ph\.? ?D)\.?")
_SUFFIX_AFTER_COMMA = re.compile(rf"{_SUFFIX.pattern}|VI?")

# Name particles. In lower case they belong to the family name after them.
_PARTICLE_WORDS = """
    abu af al am av ben bin bint da dal dalla das de degli dei del della den der des di do dos du el
    ibn im la las le les lo los op 't te ten ter und van vom von zu zum zur
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
# Words between two family names: Ortega y Gasset, Puig i Cadafalch.
_BETWEEN_FAMILIES = frozenset(["y", "i", "e"])
# The same written large, as many families do: Van Gool, De Raedt, El Gamal. Others, such as Das,
# Bin and Do, are more often names by themselves.
_LARGE_WORDS = """
    Abu Al Da Dal Dalla De Degli Del Della Den Der Di El La Las Le Los St St. Ter Van Vander Von
"""
_LARGE_PARTICLES = frozenset(_LARGE_WORDS.split())
# Van and Le are also Vietnamese names: they are no particles beside one of these.
_VIETNAMESE_WORDS = """
    anh binh bui chi cuong dang dao dinh doan dong duc dung duong duy ha hai hieu ho hoa hoang hong
    hung huy huynh khanh khoa kiet kim lam lan linh long luong ly mai minh nam nghia ngo ngoc nguyen
    nhan pham phan phat phi phong phu phuc phuong quan quang quoc quy quyen son tam tan tang thai
    thang thanh thao thi thien thinh thu tien toan tran trang tri trinh trong truc trung truong tu
    tuan tung ty van viet vinh vo vu vuong xuan yen
"""
_VIETNAMESE = frozenset(_VIETNAMESE_WORDS.split())

# A name with one of these words is not the name of a person.
_WORDS_OF_GROUPS = """
    academy alliance association center centre collaboration college committee company consortium
    corporation department foundation group inc institute lab laboratories laboratory labs ltd
    network organization project research robotics school society team technologies technology
    university
"""
_GROUP_WORDS = frozenset(_WORDS_OF_GROUPS.split())


@dataclass(frozen=True)
class Name:
    """The parts of a person's name, or ``literal`` if it is not split."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def whole_family(self) -> str:
        """The family name with its particle: ``van der Maaten``."""
        return f"{self.particle} {self.family}".strip()

    @property
    def sorted(self) -> str:
        """The name as ``van der Maaten, Laurens``, with a suffix last; a literal unchanged."""
        return self.literal or ", ".join(
            part for part in (self.whole_family, self.given, self.suffix) if part
        )

    @property
    def leading(self) -> str:
        """The part of the name that is used in citation keys."""
        return self.family or self.literal


def split_name(printed: str) -> Name:
    """Split a printed name such as ``"Laurens van der Maaten"``; drop an affiliation after it.

    The last word is taken as the family name, as arXiv does: ``"Ma Yi"`` cannot be distinguished
    from ``"Yi Ma"``.
    """
    whole = " ".join(printed.split())
    name = _AFFILIATION.sub("", whole) or whole
    if _EAST_ASIAN.search(name) or _is_group(name):
        return Name(literal=name)
    if not any(map(str.isalpha, name)):
        return Name(literal=name)
    name, suffix = _without_suffix(_TITLES.sub("", name))
    words = name.split(" ")
    if len(words) == 1:
        return Name(literal=", ".join(part for part in (name, suffix) if part))
    family = _start_of_family(words)
    particle = _start_of_particles(words, family)
    if words[particle][:1].isupper():  # a large particle: the family name is sorted by it
        family = particle
    return Name(
        family=" ".join(words[family:]),
        given=" ".join(words[:particle]),
        particle=" ".join(words[particle:family]),
        suffix=suffix,
    )


def _is_group(name: str) -> bool:
    """Return whether the name has a word of groups, ``AI`` (but not ``Ai``) or a digit."""
    words = set(re.findall(r"\w+", name))
    named = "AI" in words or not _GROUP_WORDS.isdisjoint(word.lower() for word in words)
    return named or any(character.isdigit() for character in name)


def _without_suffix(name: str) -> tuple[str, str]:
    before, comma, after = name.rpartition(",")
    if comma and _SUFFIX_AFTER_COMMA.fullmatch(after.strip()):
        return before.strip(), after.strip()
    before, _, last = name.rpartition(" ")
    if " " in before and _SUFFIX.fullmatch(last) and last[:1].isupper():
        return before, last
    return name.replace(",", ""), ""


def _start_of_family(words: list[str]) -> int:
    """Return the index of the first word of the family name, without particles."""
    start = len(words) - 1
    while start >= 3 and words[start - 1] in _BETWEEN_FAMILIES:
        start -= 2
    return start


def _start_of_particles(words: list[str], start: int) -> int:
    """Return the index of the first particle before the word at ``start``, or ``start``."""
    while start and (words[start - 1] in _PARTICLES or _is_large_particle(words, start - 1)):
        start -= 1
    return start


def _is_large_particle(words: list[str], index: int) -> bool:
    """Return whether the word is a particle written large, after a given name."""
    if index == 0 or words[index] not in _LARGE_PARTICLES:
        return False
    others = (*words[:index], *words[index + 1 :])
    return words[index] not in ("Van", "Le") or _VIETNAMESE.isdisjoint(map(_plain, others))


def _plain(word: str) -> str:
    """Return the word without accents: ``Nguyễn`` → ``nguyen``."""
    decomposed = unicodedata.normalize("NFD", word.casefold().replace("đ", "d"))
    return "".join(filter(str.isalpha, decomposed))
