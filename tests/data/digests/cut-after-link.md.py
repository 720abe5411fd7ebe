# The file ends behind a link.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97039",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97040",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "",
            "line": 15,
        },
    ],
    "problems": [["no-abstract", 15, "2501.97040"]],
}
