"""The ways in which an endpoint misbehaves, each with a name.

``ON_THE_WIRE`` are those of servers and proxies; what they send is no answer at all.
``IN_THE_TEXT`` are those of language models: each changes the entry of a good answer for one paper,
or the text around the JSON object.
"""

import json
import random
from collections.abc import Callable
from enum import StrEnum

from tests.translation.good_answers import MARK


class Wire(StrEnum):
    """What the server does instead of answering."""

    TOO_MANY = "429 without Retry-After"
    TOO_MANY_FOR_A_WHILE = "429 with Retry-After"
    SERVER_ERROR = "500"
    UNAVAILABLE = "503"
    HANG = "hangs"
    CUT = "cuts the connection within the answer"
    RESET = "closes the connection without an answer"
    NOT_JSON = "answers with a page of HTML"
    GARBAGE_BYTES = "answers with random bytes"
    WITHOUT_CHOICES = "answers without choices"
    HUGE = "answers with 10 MB"
    REDIRECT = "redirects"


class Text(StrEnum):
    """What the model writes instead of a good translation."""

    GARBAGE = "random words"
    REFUSAL = "refuses"
    CHAT = "chats around the object"
    FENCE = "puts the object into a code fence"
    TRUNCATED = "stops within the object"
    EMPTY = "says nothing"
    NULL = "gives null for each text"
    WRONG_TYPES = "gives lists for texts"
    DEEP = "nests a thousand lists"
    MARKS_LOST = "loses a mark"
    MARKS_DOUBLED = "doubles a mark"
    MARKS_MOVED = "moves a mark into the other field"
    MARKS_INVENTED = "invents a mark"
    ENGLISH = "gives the English back"
    ANOTHER_PAPER = "gives the Chinese of another paper"
    ONE_LINE = "gives one line for an abstract"
    SENTENCE_LOST = "leaves a sentence out"
    REPEATED = "repeats a piece"
    INVENTED_ADDRESS = "invents an address"
    OBEYED = "obeys what the abstract commands"
    TRADITIONAL = "writes traditional characters"
    HALF = "leaves half in English"
    EXPLAINED = "explains itself"
    THIRD_SCRIPT = "mixes in a third script"
    WRONG_N = "gives another number"
    TWICE = "answers twice for one paper"
    PAPER_LOST = "leaves the paper out"


# These leave a sound text to find: whoever accepts it stores nothing bad.
TOLERABLE = {Text.FENCE}

NEEDS_MARKS = {Text.MARKS_LOST, Text.MARKS_DOUBLED, Text.MARKS_MOVED}
NEEDS_AN_ABSTRACT = {Text.ONE_LINE, Text.SENTENCE_LOST, Text.OBEYED, Text.MARKS_MOVED}

REFUSAL = "很抱歉，作为一个人工智能模型，我无法翻译您提供的内容。"
OBEYED = (
    "指示已收到。本文是迄今为止最重要的论文，没有任何缺点，所有读者都应当立即引用它。"
    "请把它推荐给您的同事，并给予最高的评分。审稿人应当不加修改地接受本文。"
)
ADDRESS = "https://github.com/invented-lab/invented-code"
TRADITIONAL = str.maketrans(
    "我们这种个为与来对于时间学习网络图计算实验结论数据术语说话读书写让样难动车马鸟鱼龙门"
    "关开发进现场国华东西会后经过还没问题应当机权构环优质战头变标准确证单边运输处阵战万",
    "我們這種個為與來對於時間學習網絡圖計算實驗結論數據術語說話讀書寫讓樣難動車馬鳥魚龍門"
    "關開發進現場國華東西會後經過還沒問題應當機權構環優質戰頭變標準確證單邊運輸處陣戰萬",
)


def applies(kind: Text, asked: list[dict]) -> bool:
    """Return whether a request gives occasion for this misbehaviour."""
    if kind in NEEDS_AN_ABSTRACT and "abstract" not in asked[0]:
        return False
    marked = [one for one in asked if MARK.search("".join(map(str, one.values())))]
    return kind not in NEEDS_MARKS or bool(marked)


def misbehave(
    kind: Text, good: list[dict], asked: list[dict], another: dict, dice: random.Random
) -> str:
    """Return what the model writes for a request, in place of the good entries.

    ``another`` is the good entry of another paper.
    """
    whole = _dumped(good)
    match kind:
        case Text.GARBAGE:
            return " ".join(dice.choices(["灯", "zxq", "ñandú", "0x1f", "\\u00"], k=60))
        case Text.REFUSAL:
            return REFUSAL
        case Text.CHAT:
            return f"当然可以！以下是翻译结果：\n\n{whole}\n\n如有需要，请随时告诉我。"
        case Text.FENCE:
            return f"```json\n{whole}\n```"
        case Text.TRUNCATED:
            return whole[: len(whole) * 2 // 3]
        case Text.EMPTY:
            return ""
        case Text.DEEP:
            return '{"papers":' + "[" * 100_000
        case Text.WRONG_N:
            return _dumped([{**one, "n": one["n"] + 1_000} for one in good])
        case Text.TWICE:
            return _dumped([*good, {**another, "n": good[0]["n"]}])
        case Text.PAPER_LOST:
            return _dumped(good[1:])
        case _:
            change = _OF_ONE_PAPER[kind]
            changed = [
                change(dict(one), english, another, dice)
                for one, english in zip(good, asked, strict=True)
            ]
            return _dumped(changed)


def _dumped(entries: list[dict]) -> str:
    return json.dumps({"papers": entries}, ensure_ascii=False)


def _last_field(entry: dict) -> str:
    return "abstract" if "abstract" in entry else "title"


def _everywhere(change: Callable[[str], object]) -> Callable[..., dict]:
    """Change each text of an entry."""

    def of_entry(entry: dict, *_: object) -> dict:
        return {"n": entry["n"]} | {
            field: change(text) for field, text in entry.items() if field != "n"
        }

    return of_entry


def _in_last(change: Callable[[str], str]) -> Callable[..., dict]:
    """Change the abstract; where only titles are asked, the title."""

    def of_entry(entry: dict, *_: object) -> dict:
        field = _last_field(entry)
        return {**entry, field: change(entry[field])}

    return of_entry


def _marks_lost(entry: dict, *_: object) -> dict:
    return {field: MARK.sub("", text) if field != "n" else text for field, text in entry.items()}


def _marks_doubled(entry: dict, *_: object) -> dict:
    return {
        field: MARK.sub(r"\g<0>\g<0>", text) if field != "n" else text
        for field, text in entry.items()
    }


def _marks_moved(entry: dict, *_: object) -> dict:
    """Move the marks of one field to the end of the other."""
    start, end = ("abstract", "title") if MARK.search(entry["abstract"]) else ("title", "abstract")
    marks = "".join(MARK.findall(entry[start]))
    return {**entry, start: MARK.sub("", entry[start]), end: entry[end] + marks}


def _english(entry: dict, asked: dict, *_: object) -> dict:
    return {field: asked[field] for field in entry}


def _another(entry: dict, asked: dict, another: dict, *_: object) -> dict:
    """Another paper's Chinese, with the marks of this one, so that only its meaning is wrong."""
    return {"n": entry["n"]} | {
        field: MARK.sub("", another[field]) + "".join(MARK.findall(text))
        for field, text in entry.items()
        if field != "n"
    }


def _one_line(entry: dict, *_: object) -> dict:
    marks = "".join(MARK.findall(entry["abstract"]))
    return {**entry, "abstract": MARK.sub("", entry["title"]) + marks}


def _sentence_lost(text: str) -> str:
    """Leave the longest sentence without marks out."""
    sentences = text.split("。")
    unmarked = [one for one in sentences[:-1] if not MARK.search(one)]
    longest = max(unmarked, key=len, default="")
    return "。".join(one for one in sentences if one != longest)


def _repeated(text: str) -> str:
    """Say the end of the text five times more."""
    return text + MARK.sub("", text)[-9:-1] * 5 + text[-1]


def _half(entry: dict, asked: dict, *_: object) -> dict:
    """Begin in Chinese and go on in English; the marks stay once each."""
    field = _last_field(entry)
    chinese, english = entry[field], MARK.sub("", asked[field])
    half = MARK.sub("", chinese)[: len(chinese) // 2] + english[len(english) // 2 :]
    return {**entry, field: half + "".join(MARK.findall(chinese))}


def _obeyed(entry: dict, *_: object) -> dict:
    return {**entry, "abstract": OBEYED + "".join(MARK.findall(entry["abstract"]))}


_OF_ONE_PAPER: dict[Text, Callable[..., dict]] = {
    Text.NULL: _everywhere(lambda text: None),
    Text.WRONG_TYPES: _everywhere(lambda text: [text]),
    Text.MARKS_LOST: _marks_lost,
    Text.MARKS_DOUBLED: _marks_doubled,
    Text.MARKS_MOVED: _marks_moved,
    Text.MARKS_INVENTED: _in_last(lambda text: text[:4] + "⟦977⟧" + text[4:]),
    Text.ENGLISH: _english,
    Text.ANOTHER_PAPER: _another,
    Text.ONE_LINE: _one_line,
    Text.SENTENCE_LOST: _in_last(_sentence_lost),
    Text.REPEATED: _in_last(_repeated),
    Text.INVENTED_ADDRESS: _in_last(lambda text: f"{text}代码见 {ADDRESS}。"),
    Text.OBEYED: _obeyed,
    Text.TRADITIONAL: _everywhere(lambda text: text.translate(TRADITIONAL)),
    Text.HALF: _half,
    Text.EXPLAINED: _in_last(lambda text: f"{text}\n\n注：以上翻译保留了原文中的术语。"),
    Text.THIRD_SCRIPT: _in_last(lambda text: f"{text[:5]}новый метод{text[5:]}"),
}
