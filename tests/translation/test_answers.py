"""A model's answer is one JSON object with each paper once, or it is refused by name."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.translation.answers import Unreadable, read_answer
from papers.translation.prompt import ABSTRACT, TITLE
from papers.translation.reasons import Reason, told
from tests.translation.texts import asked

PAPERS = [asked(), asked()]
ENTRIES = [
    {"n": 1, "title": "灯", "abstract": "点灯。"},
    {"n": 2, "title": "影", "abstract": "数影。"},
]
TEXTS = [{TITLE: "灯", ABSTRACT: "点灯。"}, {TITLE: "影", ABSTRACT: "数影。"}]
NOTHING = {TITLE: "", ABSTRACT: ""}
WHOLE = json.dumps({"papers": ENTRIES}, ensure_ascii=False)


def read(text: str, is_cut: bool = False) -> list[dict[str, str]]:
    return read_answer(text, is_cut, PAPERS)


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"\n {WHOLE}\n",
        json.dumps({"papers": ENTRIES[::-1]}),
        f"```json\n{WHOLE}\n```",
        f"```\n{WHOLE}\n```",
        f"<think>Lamps {{are}} lights.</think>\n{WHOLE}",
        json.dumps({"papers": ENTRIES, "notes": "none"}),
    ],
)
def test_each_paper_gets_its_own_texts(text):
    assert read(text) == TEXTS


def test_a_paper_that_lacks_gets_nothing():
    assert read(json.dumps({"papers": ENTRIES[1:]})) == [NOTHING, TEXTS[1]]


@pytest.mark.parametrize("value", [None, 7, ["灯"], {"zh": "灯"}, True])
def test_what_is_no_text_is_nothing(value):
    entries = [{"n": 1, "title": value}, ENTRIES[1]]
    assert read(json.dumps({"papers": entries})) == [NOTHING, TEXTS[1]]


def test_invisible_characters_are_taken_away():
    entries = [{**ENTRIES[0], "title": "\u202e灯\x00\ufeff\r\n"}, ENTRIES[1]]
    assert read(json.dumps({"papers": entries})) == TEXTS


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.NOT_JSON),
        ("很抱歉，我无法翻译。", Reason.NOT_JSON),
        ("[]", Reason.NOT_JSON),
        ("{}", Reason.NOT_JSON),
        ('{"papers": {}}', Reason.NOT_JSON),
        ('{"papers": ["灯"]}', Reason.NOT_JSON),
        ('{"papers": ' + "[" * 100_000 + "]" * 100_000 + "}", Reason.NOT_JSON),
        (f"好的：\n{WHOLE}", Reason.CHAT_AROUND),
        (f"{WHOLE}\n希望对您有帮助！", Reason.CHAT_AROUND),
        (f"Here it is:\n```json\n{WHOLE}\n```", Reason.CHAT_AROUND),
        (WHOLE[:-9], Reason.TRUNCATED),
        (WHOLE + WHOLE, Reason.TWO_ANSWERS),
        (json.dumps({"papers": [*ENTRIES, ENTRIES[0]]}), Reason.TWO_ANSWERS),
        ('{"papers": [{"n": 1, "title": "灯", "title": "影"}]}', Reason.TWO_ANSWERS),
        ('{"papers": [], "papers": []}', Reason.TWO_ANSWERS),
        ('{"papers": [{"n": 3, "title": "灯"}]}', Reason.WRONG_NUMBER),
        ('{"papers": [{"n": "1", "title": "灯"}]}', Reason.WRONG_NUMBER),
        ('{"papers": [{"n": true, "title": "灯"}]}', Reason.WRONG_NUMBER),
        ('{"papers": [{"title": "灯"}]}', Reason.WRONG_NUMBER),
    ],
)
def test_anything_else_is_refused_by_name(text, reason):
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert caught.value.reason == reason


def test_an_answer_that_was_cut_is_called_so():
    with pytest.raises(Unreadable) as caught:
        read("{", is_cut=True)
    assert caught.value.reason == Reason.TRUNCATED


@given(st.one_of(st.text(), st.binary().map(lambda raw: raw.decode("utf-8", "replace"))))
def test_whatever_comes_is_read_or_refused(text):
    try:
        found = read(text)
    except Unreadable as refused:
        found = [told(str(refused.reason))] * len(PAPERS)
    assert len(found) == len(PAPERS)
