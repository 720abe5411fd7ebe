# Headings inside translations begin no record.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97011",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼\n\n# 小港口的灯笼\n\n### 说明",
            "abstract_zh": "# 摘要\n\n我们挂起灯笼。\n\n### 结论\n\n船回来了。\n\n# 完",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97012",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 27,
        },
    ],
    "problems": [],
}
