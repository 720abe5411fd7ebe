# The model adds notes, set off by a rule.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97006",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼。\n\n请注意，网址见[插入链接]。\n\n---\n\n注：直译。",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97007",
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
