"""The judge: a Chinese abstract with few terms of its English translates another text."""

import pytest

from papers.glossary import Glossary, TermPair
from papers.glossary.strayed import coverage, strayed
from papers.importing.evidence import triage
from papers.models import Paper, Translation
from papers.text.triage import Fault
from tests.importing.conftest import digest, importing  # noqa: F401
from tests.support import record_text

LAMPS = Glossary(
    [
        TermPair(f"灯{zh}", f"lamp {en}")
        for en, zh in zip("abcdefghij", "甲乙丙丁戊己庚辛壬癸", strict=True)
    ],
    "test",
)
ENGLISH = "We study lamp a, lamp b, lamp c, lamp d, lamp e, lamp f, lamp g and lamp h."

ABSTRACT = (
    "Large language models rely on retrieval-augmented generation, chain of thought and in-context "
    "learning. We combine knowledge distillation, instruction tuning, low-rank adaptation and "
    "speculative decoding with a mixture of experts, and report hallucination and catastrophic "
    "forgetting on synthetic data."
)
RIGHT = (
    "大语言模型依赖检索增强生成、思维链和上下文学习。我们将知识蒸馏、指令微调、低秩适配和推测解码与混合专家"
    "相结合，并报告了合成数据上的幻觉和灾难性遗忘。"
)
WRONG = (
    "我们介绍一种用于四足机器人的全身控制方法，它依靠触觉感知和惯性测量单元，在点云地图上规划路径。实验表明，"
    "该方法在仿真到现实的迁移中优于模型预测控制，并且可以用于遥操作。"
)


def test_it_counts_different_terms_and_those_that_are_translated():
    assert coverage(f"{ENGLISH} Lamp a again.", "灯甲和灯乙，灯 丙", LAMPS) == (8, 2)


def test_a_form_for_searches_and_the_english_itself_count_too():
    glossary = Glossary(
        [TermPair("变换器", "Transformer"), TermPair("变压器", "Transformer", "variant")], "t"
    )
    assert coverage("Transformers", "变压器", glossary).translated == 1
    assert coverage("Transformers", "一种Transformer", glossary).translated == 1


def test_few_translated_terms_are_a_fault():
    assert strayed(ENGLISH, "灯甲、灯乙、灯丙", LAMPS)
    assert not strayed(ENGLISH, "灯甲、灯乙、灯丙、灯丁", LAMPS)


def test_an_abstract_with_few_terms_is_not_judged():
    assert not strayed("We study lamp a to lamp b and lamp c.", "无", LAMPS)


@pytest.mark.parametrize(("chinese", "faults"), [(RIGHT, ()), (WRONG, (Fault.STRAYED,))])
def test_the_triage_of_an_abstract_has_the_fault(chinese, faults):
    assert triage("abstract", chinese, "Lamps", ABSTRACT).faults == faults


def test_a_text_that_is_only_too_short_has_that_fault_alone():
    assert triage(
        "abstract", "照亮暗处语料的一盏灯，以及许多其他灯笼的故事", "Lamps", ABSTRACT
    ).faults == (Fault.TOO_SHORT,)


@pytest.mark.django_db
def test_an_import_marks_the_paper_as_doubtful(digest):  # noqa: F811
    importing(digest(record_text(abstract=ABSTRACT, abstract_zh=WRONG)))
    assert Translation.objects.get(field="abstract").faults == [Fault.STRAYED]
    assert Paper.objects.get().zh_state == "suspect"
