# A heading after a rule, with no field behind it, belongs to the text before.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97013",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼。\n\n---\n\n# 摘要\n\n船都回来了。",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97014",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 21,
        },
    ],
    "problems": [],
}
