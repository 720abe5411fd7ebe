"""Words that say nothing about what a paper is about, in questions and citations."""

import re

from papers.search.analyzer import words_in
from papers.search.dictionary import FUNCTION_WORDS, JOINING_WORDS

_ENGLISH = (
    "a about after again all also am among an and any are as at be been before being "
    "between both but by can cannot could did do does doing during each for from had has "
    "have having he her here hers him his how i if in into is it its just me might more "
    "most must my no nor not of off on once only or our out over own same shall she "
    "should so some such than that the their them then there these they this those "
    "through to too under until up us very via was we were what when where whether which "
    "while who whom whose why will with within without would you your"
)
_CHINESE = (
    "什么 为什么 为何 怎么 怎样 怎么样 如何 哪些 哪个 哪种 哪里 谁 吗 呢 吧 是否 能否 "
    "可否 多少 何时 何种 有没有 是不是 能不能 会不会 可以 能 能够 会 要 请问 请 有 是 "
    "有什么 我 你 我们 你们 它 它们 这 那 这个 那个 这些 那些 这种 那种 哪 几 什么样 做 "
    "让 给"
)
STOP_WORDS = frozenset([*_ENGLISH.split(), *_CHINESE.split()]) | FUNCTION_WORDS | JOINING_WORDS

FIRST_HAN = "\u3005"

# What citations are made of beside authors, year and title.
_IN_CITATIONS = (
    "al arxiv conference corr doi eds et eprint https http in journal no pp preprint preprints "
    "proceedings trans vol www"
)
CITATION_WORDS = frozenset(_IN_CITATIONS.split())

_ASKING = re.compile(
    r"\w\s*[?？]\s*$"
    r"|^\s*(?:what|which|who|whose|why|how|when|where|is|are|do|does|can|should|will)(?:\s+\S+){3}"
    r"|什么|为何|怎么|怎样|如何|哪些|哪个|哪种|是否|能否|有没有|是不是|能不能|多少|[吗呢]\s*$",
    re.IGNORECASE,
)


def is_question(text: str) -> bool:
    """Return whether the text asks something, in English or Chinese."""
    return bool(_ASKING.search(text))


def telling_words(text: str) -> list[str]:
    """Return the words of a text without those that every text has, each once."""
    return [word for word in dict.fromkeys(words_in(text)) if word not in STOP_WORDS]


def rare_words(text: str) -> list[str]:
    """Return the telling words that may be rare; if there are none, all words.

    Left out are also single letters, and what citations are made of. Single Chinese characters are
    always left out: they are what segmentation leaves of misprints and of names.
    """
    telling = telling_words(text)
    rare = [word for word in telling if len(word) > 1 and word not in CITATION_WORDS]
    return rare or [word for word in telling or words_in(text) if word < FIRST_HAN]
