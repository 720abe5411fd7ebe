"""Author names as reference managers want them: family and given name apart, in either script.

Only what is sure is split. A name in Chinese, Japanese or Korean script, a name of one word, and
the name of a team, a firm or a school stay whole.
"""

import re
from dataclasses import dataclass

_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_AFFILIATION = re.compile(r"\s*[(（][^()（）]*[)）]")
_SUFFIX = re.compile(r"(?:[JS]r|II|III|IV|M\.?D|Ph\.?D)\.?", re.IGNORECASE)

# Written with a small letter, these belong to the family name that follows.
_PARTICLE_WORDS = """
    af al am av bin da dal dalla das de degli dei del della den der des di do dos du el ibn im la
    las le les lo los op 't te ten ter van vom von y zu zum zur
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())

# A name that holds one of these words is not a person's.
_WORDS_OF_GROUPS = """
    academy alliance association center centre collaboration college committee company consortium
    corporation department foundation group inc institute lab laboratories laboratory labs ltd
    network organization project research robotics school society team technologies technology
    university
"""
_GROUP_WORDS = frozenset(_WORDS_OF_GROUPS.split())


@dataclass(frozen=True)
class Name:
    """A person's name in its parts, or ``literal`` for a name that is not split."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def whole_family(self) -> str:
        """``van der Maaten``."""
        return f"{self.particle} {self.family}".strip()

    @property
    def sorted(self) -> str:
        """``van der Maaten, Laurens`` with a suffix last; a literal as it is."""
        return self.literal or ", ".join(
            part for part in (self.whole_family, self.given, self.suffix) if part
        )

    @property
    def leading(self) -> str:
        """The word under which the reference is remembered."""
        return self.family or self.literal


def split_name(printed: str) -> Name:
    """``"Laurens van der Maaten"`` in its parts; a place in parentheses behind it is left out.

    ``"Ma Yi"`` cannot be told from ``"Yi Ma"``: the last word is taken for the family name, as
    arXiv does.
    """
    whole = " ".join(printed.split())
    name = _AFFILIATION.sub("", whole) or whole
    if _EAST_ASIAN.search(name) or _is_group(name):
        return Name(literal=name)
    if not any(map(str.isalpha, name)):
        return Name(literal=name)
    name, suffix = _without_suffix(name)
    words = name.split(" ")
    if len(words) == 1:
        return Name(literal=", ".join(part for part in (name, suffix) if part))
    start = _start_of_family(words)
    return Name(words[-1], " ".join(words[:start]), " ".join(words[start:-1]), suffix)


def _is_group(name: str) -> bool:
    """Whether this names a team or a place: a word of such names, ``AI`` (but not Ai), a digit."""
    words = set(re.findall(r"\w+", name))
    named = "AI" in words or not _GROUP_WORDS.isdisjoint(word.lower() for word in words)
    return named or any(character.isdigit() for character in name)


def _without_suffix(name: str) -> tuple[str, str]:
    before, comma, behind = name.rpartition(",")
    if comma and _SUFFIX.fullmatch(behind.strip()):
        return before.strip(), behind.strip()
    before, _, last = name.rpartition(" ")
    if " " in before and _SUFFIX.fullmatch(last) and last[:1].isupper():
        return before, last
    return name.replace(",", ""), ""


def _start_of_family(words: list[str]) -> int:
    """Where the family name begins: before the last word and the particles that lead to it."""
    start = len(words) - 1
    while start and words[start - 1] in _PARTICLES:
        start -= 1
    return start
