"""A paper of the translator's own tests, with its true Chinese, and a glossary of a few terms."""

from papers.glossary import Glossary, TermPair
from papers.translation.known_terms import KnownTerms
from papers.translation.prompt import ABSTRACT, TITLE, Asked

ENGLISH = (
    "Large language models answer questions about lamps, but they often invent results. "
    "We propose LampQA, a benchmark with 1,200 questions and a method that retrieves evidence "
    "before the model answers. In experiments on $k=3$ data sets our method improves accuracy by "
    "12% and reduces the training cost. Code is available at https://github.com/lamps/lampqa."
)
CHINESE = (
    "大语言模型能够回答关于灯的问题，但常常编造结果。"
    "我们提出了 LampQA，这是一个包含 1,200 个问题的基准，以及一种在模型回答之前检索证据的方法。"
    "在 ⟦2⟧ 个数据集上的实验中，我们的方法将准确率提高了 12%，并降低了训练成本。代码见 ⟦3⟧。"
)
TITLE_ENGLISH, TITLE_CHINESE = (
    "LampQA: Answering Questions about $n$ Lamps",
    "LampQA：回答关于 ⟦1⟧ 盏灯的问题",
)
OTHER_CHINESE = (
    "本研究考察城市河流中鱼类的迁徙规律。作者收集了十年的水温记录，并讨论水坝的影响。"
    "结果说明，春季放水有助于鱼群回到上游产卵。⟦2⟧文中还给出了对管理部门的建议。⟦3⟧"
)

KNOWN = KnownTerms(
    Glossary(
        [
            TermPair("大语言模型", "large language model"),
            TermPair("基准", "benchmark"),
            TermPair("检索", "retrieve"),
        ],
        "test",
    )
)


def asked(*wanted: str, **texts) -> Asked:
    given = {
        "pk": 1,
        "arxiv_id": "2611.00001",
        "title": TITLE_ENGLISH,
        "abstract": ENGLISH,
        **texts,
    }
    return Asked(**given, wanted=frozenset(wanted or (TITLE, ABSTRACT)))


def given(title: str = TITLE_CHINESE, abstract: str = CHINESE) -> dict[str, str]:
    return {TITLE: title, ABSTRACT: abstract}
