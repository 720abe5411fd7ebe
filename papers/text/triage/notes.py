"""Find notes and explanations that a language model adds after or within a translation.

A sentence that begins with 注意 or 说明 may be the paper's own. So a line is a note only if it is
about this translation or about an address to fill in, or if the English has no such sentence. Every
gap in a pattern is bounded, so that the time is linear.
"""

import re

from papers.text.triage.english import English
from papers.text.triage.prefaces import AROUND

_OPENING = r"[（(\[【*_#>\s-]{0,6}"
_LABEL = (
    "(?:译者注|译注|注释|注解|注意(?:事项)?|请注意|注|说明|备注|解释(?:与说明)?|释义|解析"
    "|(?:详细)?(?:翻译|译文)(?:解释|说明|解析)|[Nn]ote)"
)
_LABELLED = re.compile(rf"{_OPENING}{_LABEL}\s?[*）)】\]]{{0,3}}(?:[：:，,]|\s?\Z|\s?\d)")

# The subjects of notes: this translation, or an address to fill in.
_ADDRESS = "(?:链接|网址|URL|地址)"
_ASKS_TO_FILL = (
    r"替换[为成](?:相应的?|对应的?)?(?:实际|具体|正确|真实|公开|完整|清华)|替换上述|补充完整|占位"
    rf"|{_ADDRESS}[^。\n]{{0,30}}替换|替换[^。\n]{{0,12}}{_ADDRESS}|实际的?(?:公开)?{_ADDRESS}"
)
_ABOUT = re.compile(
    "翻译|译文|译为|译成|译作|译者|原文|原意|英文|中文|直译|意译|术语|上下文|语境|缩写|此处|这里的"
    "|替换|占位|链接|网址|URL|Markdown|学术规范|您"
)
_ASKS = re.compile(_ASKS_TO_FILL)
_SURELY_ABOUT = re.compile(
    rf"译文|译者|原文|学术规范|(?:此|本|这个?|该|上述|以上)翻译|翻译(?:中|时|为“|过程中|成中文)|{_ASKS_TO_FILL}"
)

# 这个翻译…, 上述翻译…, 在翻译过程中…
_START = r"[（(\[*_\s]{0,3}"
_OF_THIS_TRANSLATION = re.compile(
    rf"{_START}(?:通过|经过|在|为了|对于)?(?:以上|上述|此|这|该|本|这里)(?:个|一|段|份|篇|句|种|样|项|里)?"
    r"(?:是|的)?(?:对|将)?(?:中文|标题|文献|论文|内容)?的?(?:中文)?的?(?:翻译|译文|译法|标题翻译)"
    rf"|{_START}在(?:学术|中文|实际)?(?:翻译|译文)(?:过程)?(?:中|时|学术)"
    rf"|{_START}这样(?:的)?(?:翻译|既|更|可以|扩展|表达)|{_START}由于学术规范"
    rf"|{_START}以上(?:是|为|内容)[^。\n]{{0,20}}(?:翻译|译文)"
)
_PRAISE = re.compile(
    "学术规范|学术(?:写作|论文|风格|性|严谨|表达|翻译|语气|术语)|专业(?:术语|性|语气)|原文|原意|原论文"
    "|准确(?:地)?传达|流畅|表达习惯|严谨|希望|您|你"
)
_PRAISE_IN_PAPERS_ON_TRANSLATION = re.compile(
    "学术规范|学术(?:写作|风格|严谨|表达)|原论文|表达习惯|希望|您"
)
_TO_USER = re.compile(
    rf"{_START}(?:如果?需?要?(?:您|你|有|需|进一步|更)(?=[^\n]{{0,120}}(?:您|你|告知|告诉|请提供))"
    r"[^。\n]{0,60}(?:翻译|译文|原文|术语|调整|修改|优化|上下文|背景信息)"
    r"|希望(?:这|以上|上述|此)[^。\n]{0,20}(?:翻译|译文|帮助)"
    r"|请(?:将|把|根据|注意将|替换|自行|继续翻译|确认)[^。\n]{0,60}(?:替换|填写|填入|补充|翻译|理解)"
    rf"|(?:在文中[，,])?请(?:注意)?[，,：:]?[^。\n]{{0,60}}(?:{_ASKS_TO_FILL})"
    r"|(?:[^\s，,]{0,6}[，,])?请(?:您|你)?(?:提供|告知|告诉)(?:我|更多|具体))"
)
_TRANSLATES_WORDS = re.compile(
    r"(?:[-*•]|\d{1,2}[.、)])?\s{0,3}[“\"*][^”\"*\n]{1,80}[”\"*]{1,3}[^。\n]{0,12}(?:翻译|译)[为成]"
)
_REFERENCE = re.compile(r"参考文献[：:]?\Z|\[\d{1,2}\]\s?[A-Z*\u4e00-\u9fff]")


def is_note(line: str, english: English) -> bool:
    """Return whether a line after the translation is the model's note on it."""
    head = line[:400]
    if is_heading(head):
        return not english.has_note_heading
    if _LABELLED.match(head):
        if not english or _SURELY_ABOUT.search(head):
            return _is_the_models(head, english)
        return not english.has_notes and bool(_ABOUT.search(head))
    if _OF_THIS_TRANSLATION.match(head):
        praise = _PRAISE_IN_PAPERS_ON_TRANSLATION if english.is_on_translation else _PRAISE
        return bool(praise.search(head))
    return bool(
        _TO_USER.match(head)
        or _TRANSLATES_WORDS.match(head)
        or (_REFERENCE.match(head) and "[1]" not in english)
    )


_OFFERS_MORE = re.compile(
    r"[如若](?:果|需|有|您|你)[^。\n]{0,60}?"
    r"(?:请(?:您|你)?(?:随时)?(?:告知|告诉|提供|让我|补充)|我(?:可以|会|将)|欢迎)"
)


def is_said_to_user(note: str) -> bool:
    """Whether a note speaks to the user: ``如需更详细的翻译，请告知``."""
    return _OFFERS_MORE.search(note) is not None


def is_heading(line: str) -> bool:
    """Return whether the line is only the label of a note: ``注释：``."""
    found = _LABELLED.match(line)
    return found is not None and not line[found.end() :].strip(AROUND)


def _is_the_models(note: str, english: English) -> bool:
    """Return whether a labelled note is about this translation, not about the paper's subject."""
    if _ASKS.search(note):
        return True
    papers_own = english.is_on_translation and english.has_notes
    return not papers_own and bool(_SURELY_ABOUT.search(note))


_BRACKETED = re.compile(
    rf"[（(\[【]\s?(?:{_LABEL}[：:，,]|因?原文(?:中|为|是|应|似|未|没有|包含))"
    r"[^（）()\[\]【】\n]{0,300}[）)\]】]"
)
_TRAILING = re.compile(r"[*（(]?(?:请注意|注意|译者注|注释|注|[Nn]ote)[：:，,][^\n]{4,600}\Z")
_BEFORE_TRAILING = tuple("。！？.!?）)]” ")
_HINT = re.compile("注|说明|解释|解析|释义|原文|ote")


def without_notes(line: str, english: English) -> str:
    """Return the line without notes in brackets or at its end: ``灯笼（注：此处意译）``."""
    if not _HINT.search(line):
        return line

    def kept(found: re.Match[str]) -> str:
        note = found[0]
        if note[1:].lstrip().startswith("原文"):
            belongs = english.has_originals
        else:
            belongs = english.has_notes and not _is_the_models(note, english)
        return note if belongs else ""

    line = _BRACKETED.sub(kept, line)
    found = _TRAILING.search(line)
    if found and _is_the_models(found[0], english):
        before = line[: found.start()]
        line = before if before.endswith(_BEFORE_TRAILING) else line
    return line.rstrip()


_REQUEST = re.compile(r"[（(]请(?!求)[^（）()\n]{0,40}(?:替换|调整|填写)[^（）()\n]{0,30}[）)]")


def without_requests(line: str) -> str:
    """Return the line without requests to fill in the address before them: ``（请替换）``."""
    return _REQUEST.sub("", line).rstrip() if "请" in line else line
