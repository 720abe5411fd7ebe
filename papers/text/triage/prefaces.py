"""Find the words of a language model before a translation: announcements, instruction, labels.

All functions work on single lines, and every gap in a pattern is bounded, so that the time is
linear for hostile lines too. ``english`` prevents mistakes in papers on translation.
"""

import re

from papers.text.triage.english import English

# Brackets, quotes and emphasis around the end of a line are ignored.
AROUND = " \t（()）[]【】*_“”\"'《》#"

_INSTRUCTION = (
    r"(?:当然[，,]|首先[，,]|本文|请)?(?:可以)?(?:将|把|请)(?:以下|下面|上述|下列|给定|这)"
    r"[^：:。\n]{0,40}(?:翻译|译)(?:成|为)"
)
# 无需推理直接输出： 不要解释，直接输出标题： 直接输出，禁止输出多余内容：
_ORDER = r"请?(?:(?:无需|不需要?|禁止|不要|不必)[^：:。\n]{0,12})?直接输出[^：:。\n]{0,20}[：:]"
_SAID_TO_USER = re.compile(
    rf"(?:当然(?:可以)?|好的|没问题|可以的)[，,。！!]|{_INSTRUCTION}|{_ORDER}"
)

# Whole lines that end in a colon.
_OF_TITLE = re.compile(
    "翻译|译文|译为|译成|译名|学术规范|更(?:准确|正式|自然|学术|具体|符合)|中文(?:标题|版本|内容|表达)"
    "|表达(?:方式)?(?:可以|为|是)?[：:]|表述方式|说法"
)
_OF_ABSTRACT = re.compile("翻译|译文|译为|译成|学术规范")
_OF_ANOTHER = re.compile(
    "(?:翻译|译文)(?:成中文)?如下|(?:完整|具体|正文|标题|内容|全文)的?(?:翻译|译文)|学术规范"
)
_LONGEST, _LONGEST_WITHIN = 120, 60

# At the start of a line.
_COMPLIES = r"(?:[，,（(][^：:。，,\n]{0,12}学术规范[^：:。\n]{0,12})?[：:]"
_INLINE = re.compile(
    # 以下是翻译成中文的内容，符合学术规范：…
    rf"(?:以下|下面)(?:是|为|内容)?[^：:。\n]{{0,40}}(?:翻译|译文|学术规范)[^：:。\n]{{0,40}}[：:]"
    rf"|{_INSTRUCTION}[^：:。\n]{{0,40}}[：:]|{_ORDER}"
    # 将“Lanterns”翻译成中文，…为：“…”
    r"|将[“\"《][^”\"》\n]{1,300}[”\"》](?:翻译|译)成[^：:。\n]{0,40}[：:]"
    # 论文标题可以翻译为：… 中文翻译如下，符合学术规范：… 译文：…
    r"|(?:该|原|本)?(?:论文)?的?(?:标题|题目|摘要|内容)?的?(?:可以|可|应)?"
    r"(?:中文翻译(?:为|是|如下)?|(?:标题|摘要|内容)翻译|译(?:文|为|成)"
    r"|翻译(?:成中文|后的(?:中文)?(?:标题|内容))?(?:可以)?(?:为|是|如下))"
    rf"{_COMPLIES}"
    r"|(?:原|英文)(?:论文)?标题为?[：:]|(?:original|translated) title:",
    re.IGNORECASE,
)
# Behind a first try, within a line: 灯笼吗？这里是更自然的翻译建议：灯笼是否足够？
_SECOND_TRY = re.compile(
    r"[^\n]{1,80}[。？！.?!]\s?(?:这里|以下|下面)是[^：:。\n]{0,24}翻译[^：:。\n]{0,8}[：:]"
)
_LABEL = re.compile(
    r"[*#\s]{0,4}(?:中文|本研究|论文)?(?:论文|内容)?(?:标题|题目|摘要|(?<=\*)译文)\s?\*{0,2}[：:]\s*\*{0,2}\s*"
)


def is_label(line: str) -> bool:
    """Return whether the line is only ``标题：`` or ``摘要：``, which is not a fault."""
    return _LABEL.fullmatch(line) is not None


def announces_title(line: str) -> bool:
    """Return whether the whole line announces the title: ``更准确的翻译应该是：``."""
    bare = line.strip(AROUND)
    return bare.endswith(("：", ":")) and bool(_OF_TITLE.search(bare) or _LABEL.fullmatch(bare))


def announces_abstract(line: str, english: English, begun: bool) -> bool:
    """Return whether the whole line announces the abstract.

    Paragraphs of an abstract may end in a colon too, above all within the translation, so the test
    is stricter than for titles.
    """
    bare = line.strip(AROUND)
    if len(bare) > (_LONGEST_WITHIN if begun else _LONGEST) or not bare.endswith(("：", ":")):
        return False
    if _LABEL.fullmatch(bare):
        return True
    if begun or english.is_on_translation:
        return bool(_OF_ANOTHER.search(bare) or _INLINE.fullmatch(bare))
    return bool(_OF_ABSTRACT.search(bare))


def without_preface(line: str) -> str:
    """Return the line without a preface at its start: ``中文翻译为：灯笼`` → ``灯笼``."""
    return _without(_INLINE, line)


def without_first_try(line: str) -> str:
    """What the model gives behind another preface within the line, else the line."""
    return _without(_SECOND_TRY, line)


def without_label(line: str) -> str:
    """Return the line without ``标题：`` or ``摘要：`` at its start."""
    return _without(_LABEL, line)


def _without(opening: re.Pattern[str], line: str) -> str:
    end = 0
    while found := opening.match(line, end):
        end = found.end()
    return line[end:].strip() if end else line


def is_said_to_user(preface: str) -> bool:
    """Return whether a preface repeats the instruction or speaks to the user: ``当然可以。…``."""
    return bool(_SAID_TO_USER.match(preface))
