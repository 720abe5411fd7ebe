# A paper without rule and title before it is no part of the one above.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97082",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97084",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 25,
        },
    ],
    "problems": [["no-title", 13, "2501.97083"]],
}
