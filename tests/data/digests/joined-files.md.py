# Two files joined into one: the byte-order mark of the second is in the middle.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97060",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97061",
            "title": "A Second Lantern",
            "authors": ["Cy Nobody"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "第二盏灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 14,
        },
    ],
    "problems": [],
}
