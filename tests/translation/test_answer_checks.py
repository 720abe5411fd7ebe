"""Each kind of wrong text is found by the check that is named for it, and a sound one passes."""

import pytest

from papers.glossary.current import shipped_glossary
from papers.text.triage import Fault
from papers.translation.answer_checks import faults_of, restored
from papers.translation.known_terms import KnownTerms
from papers.translation.prompt import ABSTRACT, TITLE
from papers.translation.reasons import Reason, told
from tests.translation.bilingual import invented_papers
from tests.translation.texts import (
    CHINESE,
    ENGLISH,
    KNOWN,
    OTHER_CHINESE,
    TITLE_CHINESE,
    asked,
    given,
)

SHIPPED = KnownTerms(shipped_glossary())
SENTENCES = [f"{one}。" for one in CHINESE.split("。") if one]


def faults(title: str = TITLE_CHINESE, abstract: str = CHINESE) -> list[str]:
    return faults_of(asked(), given(title, abstract), KNOWN)


def test_a_sound_translation_passes():
    assert faults() == []


def test_what_was_kept_comes_back():
    texts = restored(asked(), given())
    assert "在 $k=3$ 个数据集" in texts[ABSTRACT]
    assert texts[ABSTRACT].endswith("代码见 https://github.com/lamps/lampqa。")
    assert texts[TITLE] == "LampQA：回答关于 $n$ 盏灯的问题"


@pytest.mark.parametrize(
    ("abstract", "reason"),
    [
        ("", Fault.MISSING),
        (CHINESE.replace("⟦2⟧", ""), Reason.MARKS),
        (CHINESE.replace("⟦2⟧", "⟦2⟧⟦2⟧"), Reason.MARKS),
        (CHINESE.replace("⟦2⟧", "⟦1⟧"), Reason.MARKS),
        (CHINESE.replace("⟦2⟧", "[2]"), Reason.MARKS),
        (f"{ENGLISH[:-37]}⟦2⟧⟦3⟧", Fault.NOT_CHINESE),
        ("关于灯的问题的大语言模型⟦2⟧⟦3⟧", Fault.TOO_SHORT),
        (CHINESE + CHINESE.replace("⟦2⟧", "三").replace("⟦3⟧", "链接"), Reason.REPETITION),
        (f"{CHINESE[:-1]}灯笼纸灯笼纸灯笼纸。", Reason.REPETITION),
        ("".join(SENTENCES[:1] + SENTENCES[2:]), Fault.INCOMPLETE),
        (CHINESE.replace("⟦3⟧", "⟦3⟧ 和 https://lamps.example.org"), Fault.INVENTED_ADDRESS),
        (CHINESE.replace("⟦3⟧", "⟦3⟧ 和 lamps.io"), Fault.INVENTED_ADDRESS),
        (OTHER_CHINESE, Fault.STRAYED),
        (
            "大語言模型能夠回答關於燈的問題，但常常編造結果。" + "".join(SENTENCES[1:]),
            Reason.TRADITIONAL,
        ),
        (CHINESE.replace("训练", "обучение"), Fault.FOREIGN_SCRIPT),
        (f"{CHINESE}\n\n注：此处保留了原文术语，以便理解。", Fault.EXPLAINED),
        (CHINESE.removesuffix("代码见 ⟦3⟧。") + "⟦3⟧代码的", Reason.UNFINISHED),
        (
            CHINESE.replace("常常编造结果", "often invent results").replace(
                "检索证据的方法", "retrieves evidence before the model answers"
            ),
            Fault.HALF_TRANSLATED,
        ),
        (
            CHINESE + "此外，" + "、".join(f"这里还有第{n}种很长的说明文字" for n in range(40)),
            Reason.TOO_LONG,
        ),
    ],
)
def test_an_abstract_is_refused_by_the_check_for_it(abstract, reason):
    assert f"abstract: {reason}" in faults(abstract=abstract)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("", Fault.MISSING),
        ("LampQA：回答关于灯的问题", Reason.MARKS),
        ("LampQA: Answering Questions about ⟦1⟧ Lamps", Fault.NOT_CHINESE),
        ("LampQA：回答關於 ⟦1⟧ 盞燈的問題", Reason.TRADITIONAL),
        (f"{TITLE_CHINESE}\n或：关于灯的问答", Fault.SEVERAL_LINES),
        ("灯⟦1⟧", Fault.TOO_SHORT),
        (TITLE_CHINESE + "，这是一个很长的标题" * 6, Reason.TOO_LONG),
    ],
)
def test_a_title_is_refused_by_the_check_for_it(title, reason):
    assert f"title: {reason}" in faults(title=title)


def test_only_what_is_wanted_is_judged():
    assert faults_of(asked(TITLE), given(abstract=""), KNOWN) == []
    assert faults_of(asked(ABSTRACT), given(title=""), KNOWN) == []


@pytest.mark.parametrize(
    "chinese", ["KiteNet：用于风筝的快速检索", "面向大语言模型的基准测试"], ids=["name", "terms"]
)
def test_a_title_with_the_chinese_of_another_is_refused(chinese):
    kite = asked(TITLE, pk=2, title="KiteNet: a Benchmark for Large Language Models")
    river = asked(TITLE, pk=3, title="The Migration of Fish in Rivers and Dams", abstract="")
    assert f"title: {Fault.STRAYED}" in faults_of(river, given(chinese), KNOWN, [kite, river])
    assert faults_of(kite, given("KiteNet：大语言模型的一个基准"), KNOWN, [kite, river]) == []


@pytest.mark.parametrize(
    ("title", "chinese"),
    [
        (
            "Rethinking Adversarial Attacks Through Membership Inference",
            "从半监督学习重新思考情感分析",
        ),
        ("Fast Retrieval of Lamps with a Benchmark", "河流与水坝中鱼类的迁徙"),
    ],
    ids=["the same sentence", "nothing alike"],
)
def test_a_title_without_its_terms_is_refused_though_it_comes_alone(title, chinese):
    paper = asked(TITLE, title=title)
    assert f"title: {Fault.STRAYED}" in faults_of(paper, given(chinese), SHIPPED, [paper])


def test_a_title_that_keeps_its_name_may_be_free():
    paper = asked(TITLE, title="LampNet: Adversarial Attacks Through Membership Inference")
    assert faults_of(paper, given("LampNet：从训练集的痕迹出发欺骗模型"), SHIPPED, [paper]) == []


def test_papers_of_the_same_sentences_are_told_apart():
    papers = list(invented_papers(30))
    known = [
        SHIPPED.has_strayed(one.abstract, other.abstract_zh)
        for one in papers
        for other in papers
        if one is not other
    ]
    assert sum(known) >= 0.99 * len(known)
    assert not any(SHIPPED.has_strayed(one.abstract, one.abstract_zh) for one in papers)
    assert not any(SHIPPED.title_has_strayed(one.title, one.title_zh) for one in papers)


def test_a_note_below_a_paper_on_translation_is_refused():
    paper = asked(abstract=f"{ENGLISH} Machine translation needs attention.")
    text = f"{CHINESE}机器翻译需要注意力。\n\n注：以上翻译保留了原文中的术语。"
    assert f"abstract: {Fault.EXPLAINED}" in faults_of(paper, given(abstract=text), KNOWN)


@pytest.mark.parametrize("reason", [*Reason, *Fault])
def test_the_model_is_told_of_every_reason(reason):
    assert told(f"title: {reason}").startswith("Title: ")
    assert told(reason)
