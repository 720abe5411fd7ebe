# Labels inside the abstracts are text: the link is behind, the real fields before.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97020",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "Digests hold lines such as\n"
            "**Authors**: and\n"
            "**Abstract**: or even\n"
            "**Title (ZH)**: 标题",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "摘要里也有\n**Abstract**: 和\n**Authors**: 甲，乙",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97021",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 20,
        },
    ],
    "problems": [],
}
