# A record that lost its title line is left out and leaves the one before whole.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97045",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97047",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 27,
        },
    ],
    "problems": [["no-title", 15, "2501.97046"]],
}
