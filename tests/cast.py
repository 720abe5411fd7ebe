"""Ten invented papers in nine digests, each paper with one special property.

LANTERN publishes themes and categories, HARBOUR robotics, where a category and a theme are both
called RO. Everything happens on three days of January 2025.
"""

from pathlib import Path

from tests.support import record_text

LANTERN, HARBOUR = "lantern-daily", "harbour-robots"

LAMP = "2501.97001"  # in three digests of two sources: two Chinese titles, two English ones
KITE = "2501.97002"  # in two digests of one day, with the same texts
TOO_SHORT = "2501.97003"  # its Chinese abstract is a single line like a title
ANCHOR = "2501.97004"  # in the category RO and in the theme RO on one day
BUOY = "2501.97005"
WINCH = "2501.97006"
EXPLAINED = "2501.97007"  # its Chinese title is followed by the model's explanation
WITHOUT_CHINESE = "2501.97008"
ANGLE_BRACKETS = "2501.97009"  # <think> and a script element in title and abstract
OLD_STYLE = "cs/0112999"

LONG_ABSTRACT = "We tie knots in ropes of every length and ask which of them hold. " * 8

RECORDS = {
    LAMP: record_text(
        arxiv_id=LAMP, title="Lamps for Dark Corpora", authors=["Ada Example", "Bo Muster"]
    ),
    KITE: record_text(
        arxiv_id=KITE,
        title="Kites over Shallow Networks",
        title_zh="浅网络上空的风筝",
        authors=["Bo Muster", "Chi Ling-Ling", "Dr. D. Dummy, Jr."],
        abstract="A kite needs $n^2$ metres of string.\n\nWe prove it twice.",
        abstract_zh="风筝需要 $n^2$ 米线。\n\n我们证明了两次。",
    ),
    TOO_SHORT: record_text(
        arxiv_id=TOO_SHORT,
        title="Knots of Every Length",
        title_zh="各种长度的绳结",
        authors=["Ada Example"],
        abstract=LONG_ABSTRACT.strip(),
        abstract_zh="各种长度的绳结：一种面向船只与缆绳的通用打结方法",
    ),
    ANCHOR: record_text(
        arxiv_id=ANCHOR,
        title="Anchors for Drifting Robots",
        title_zh="给漂流机器人的锚",
        authors=["Eva Invented", "Bo Muster"],
    ),
    BUOY: record_text(
        arxiv_id=BUOY,
        title="Buoys That Plan Ahead",
        title_zh="会规划的浮标",
        authors=["Eva Invented"],
    ),
    WINCH: record_text(
        arxiv_id=WINCH,
        title="Learning to Winch",
        title_zh="学习绞盘",
        authors=["Fu Man-Made"],
    ),
    EXPLAINED: record_text(
        arxiv_id=EXPLAINED,
        title="Teapots as World Models",
        title_zh="作为世界模型的茶壶\n\n解释：\n- “茶壶”保留了原文的字面意思。",
        authors=["Gus Nobody", "Ada Example"],
    ),
    WITHOUT_CHINESE: record_text(
        arxiv_id=WITHOUT_CHINESE,
        title="Counting Clouds by Ear",
        title_zh="",
        authors=["Hana Sample"],
        abstract_zh="",
    ),
    ANGLE_BRACKETS: record_text(
        arxiv_id=ANGLE_BRACKETS,
        title="Before <think> and After <script>alert(1)</script>",
        title_zh="<think> 之前与 <script>alert(1)</script> 之后",
        authors=["Ida <Idem>"],
        abstract="The token <think> opens a thought & <script>alert(1)</script> a hole.",
        abstract_zh="记号 <think> 打开思考，<script>alert(1)</script> 打开漏洞。",
    ),
    OLD_STYLE: record_text(
        arxiv_id=OLD_STYLE,
        title="A Very Old Result on Doors",
        title_zh="关于门的古老结果",
        authors=["Jo Placeholder"],
    ),
}
LAMP_AGAIN = record_text(arxiv_id=LAMP, title_zh="为昏暗语料点灯")
LAMP_ELSEWHERE = record_text(
    arxiv_id=LAMP, title="Lamps for Dark Corpora, Revised", title_zh="", abstract_zh=""
)

DIGESTS = {
    f"{LANTERN}/27-Jan-2025/AI/README.md": [RECORDS[LAMP], RECORDS[KITE]],
    f"{LANTERN}/27-Jan-2025/topic/RAG_related_papers.md": [RECORDS[KITE]],
    f"{LANTERN}/28-Jan-2025/NLP/README.md": [RECORDS[TOO_SHORT], LAMP_AGAIN],
    f"{HARBOUR}/28-Jan-2025/RO/README.md": [RECORDS[ANCHOR], RECORDS[BUOY]],
    f"{HARBOUR}/28-Jan-2025/topic/RO_related_papers.md": [RECORDS[ANCHOR], RECORDS[WINCH]],
    f"{LANTERN}/29-Jan-2025/topic/Multimodal_related_papers.md": [
        RECORDS[EXPLAINED],
        RECORDS[WITHOUT_CHINESE],
        RECORDS[ANGLE_BRACKETS],
    ],
    f"{LANTERN}/29-Jan-2025/topic/RAG_related_papers.md": [],  # a quiet day
    f"{LANTERN}/29-Jan-2025/AI/README.md": [RECORDS[OLD_STYLE]],
    f"{HARBOUR}/29-Jan-2025/topic/RO_related_papers.md": [RECORDS[BUOY], LAMP_ELSEWHERE],
}


def write_digests(folder: Path) -> None:
    """Write the nine digests as the publishers do."""
    for place, records in DIGESTS.items():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(records), "utf-8", newline="")
