"""Forms of English words: British and American spelling, inflections. No database.

A query finds a word in both spellings. The index finds words by their stem, which confuses
``generalization`` with ``generative``; ``likeness`` tells how near two such words are.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from os.path import commonprefix

EXACT, INFLECTED, DERIVED = 1.0, 0.9, 0.35

_SHORTEST_ROOT = 4  # letters


def _family(stems: str, british: str, american: str, endings: str) -> dict[str, str]:
    """Return British words with their American spelling: each stem with each ending.

    An ending ``-`` is none.
    """
    return {
        f"{stem}{british}{ending.strip('-')}": f"{stem}{american}{ending.strip('-')}"
        for stem in stems.split()
        for ending in endings.split()
    }


_PAIRS = (
    "ageing aging, aluminium aluminum, artefact artifact, artefacts artifacts, "
    "centred centered, centring centering, cosy cozy, grey gray, "
    "greyscale grayscale, gynaecology gynecology, licence license, licences licenses, "
    "manoeuvre maneuver, manoeuvres maneuvers, manoeuvred maneuvered, mould mold, "
    "moulds molds, moulding molding, moulded molded, oedema edema, oestrogen estrogen, "
    "plough plow, practise practice, practised practiced, practising practicing, "
    "programme program, programmes programs, sceptic skeptic, sceptical skeptical, "
    "scepticism skepticism, sulphur sulfur, tyre tire, tyres tires"
)
_AMERICAN = {
    **_family(
        "arm behavi clam col demean discol endeav fav ferv flav glam harb hon hum lab misbehavi "
        "neighb od ranc rig rum savi splend tum val vap vig",
        "our",
        "or",
        "- s ed ing al ally able ably ism ist ists ite ites less hood hoods er ers",
    ),
    **_family("cent fib lit lust meag millimet spect theat calib somb kilomet", "re", "er", "- s"),
    **_family(
        "cancel channel counsel dial fuel funnel initial label level marshal model multilabel "
        "panel parcel pencil pixel quarrel relabel remodel rival signal spiral stencil total "
        "travel tunnel unlabel unravel",
        "l",
        "",
        "ing ings ed er ers",
    ),
    **_family("anal catal dial monol prol homol", "ogue", "og", "- s"),
    **_family("def off pret", "ence", "ense", "- s less"),
    **_family("judg acknowledg", "ement", "ment", "- s"),
    **_family("an isch leuk", "aem", "em", "ia ias ic"),
    **_family("", "haem", "hem", "atology orrhage orrhages orrhagic oglobin odynamic odynamics"),
    **_family("an", "aesth", "esth", "esia etic etics etized"),
    **_family("orthop p", "aed", "ed", "ic ics iatric iatrics iatrician iatricians"),
    **_family("", "oesoph", "esoph", "agus ageal agitis"),
    **_family("", "foet", "fet", "us al uses"),
    **_family("man", "oeuv", "euv", "ring rings rable rability"),
    **_family("enrol fulfil instal skilful wilful", "", "l", "- ment ments s"),
    **dict(pair.split() for pair in _PAIRS.split(", ")),
}
_BRITISH = {american: british for british, american in _AMERICAN.items()}
# No exceptions are needed: "exercize" is no word, so looking for it finds nothing more.
_WITH_S = re.compile("(?<=[a-z]{3}i)s(?=(?:e|es|ed|er|ers|ing|ations?|ational|able)$)")
_WITH_Z = re.compile(_WITH_S.pattern.replace("s", "z", 1))
_LYSE = re.compile("(?<=[a-z]{2}ly)s(?=(?:e|es|ed|er|ers|ing)$)")
_LYZE = re.compile(_LYSE.pattern.replace("s", "z", 1))

_PLURAL = ((re.compile("ies$"), "y"), (re.compile("(?<=ss|sh|ch)es$|(?<=x)es$|(?<![sui])s$"), ""))
_OF_VERB = (
    re.compile("(?<=iz)(?:ation|er|ing|ed)$"),
    re.compile("(?<=if)(?:ication|ier|ied|ying|y)$"),
    re.compile("(?<=[a-z]{2}at)(?:ion|or|ing|ed)$"),
    re.compile("(?<=[aeiouy][a-z])(?<=[a-z]{3})(?:ing|(?<!e)ed)$"),
    re.compile("(?<=[aeiouy][a-z]{2})(?:ing|(?<!e)ed)$"),
)
_LAST = ((re.compile(r"([bdfgklmnprt])\1$"), r"\1"), (re.compile("(?<=..)e$"), ""))
_DERIVING = re.compile(
    "(?:[ai]ble|[ai]bility|al|ally|at|ance|ence|ent|ent|er|ful|ic|ical|ion|ism|ist|ity|ive?|iz|izat"
    "|less|ly|ment|ness|or)$"
)


def american(word: str) -> str:
    """Return the word in American spelling."""
    return _AMERICAN.get(word) or _LYSE.sub("z", _WITH_S.sub("z", word))


def spellings(word: str) -> tuple[str, ...]:
    """Return the word, then its spelling in the other variety of English if it has one."""
    other = _AMERICAN.get(word) or _BRITISH.get(word)
    if not other:
        us = american(word)
        other = us if us != word else _LYZE.sub("s", _WITH_Z.sub("s", word))
    return (word,) if other == word else (word, other)


def varieties(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the words as written, then all in American and all in British spelling."""
    us = tuple(map(american, words))
    gb = tuple(spellings(word)[-1] for word in us)
    return [*dict.fromkeys((tuple(words), us, gb))]


@lru_cache(maxsize=20_000)
def likeness(word: str, other: str) -> float:
    """Return how near two words are: the same, inflected, derived from one another, or 0."""
    if word == other:
        return EXACT
    one, two = _base(word), _base(other)
    if one == two:
        return INFLECTED
    related = {one, _root(one)} & {two, _root(two)}
    return DERIVED if any(len(root) >= _SHORTEST_ROOT for root in related) else 0.0


def beginning(word: str) -> str:
    """Return what all words begin with that are like this one."""
    return commonprefix([*spellings(word), _root(_base(word))])


@lru_cache(maxsize=20_000)
def _base(word: str) -> str:
    """Return an American spelling without the endings of plural and tense.

    ``tokenization`` and ``tokenizer`` count as forms of ``tokenize``.
    """
    word = american(word)
    if len(word) <= 3 or not word.isalpha():
        return word.removesuffix("s") if len(word) > 3 else word
    for pattern, instead in _PLURAL:
        word = pattern.sub(instead, word, count=1)
    for pattern in _OF_VERB:
        word = pattern.sub("", word, count=1)
    return _cleaned(word)


def _cleaned(word: str) -> str:
    for pattern, instead in _LAST:
        word = pattern.sub(instead, word)
    return word[:-1] + "i" if len(word) > 3 and word[-1] == "y" else word


def _root(base: str) -> str:
    shorter = _DERIVING.sub("", base)
    return _cleaned(shorter) if len(shorter) >= _SHORTEST_ROOT else base
