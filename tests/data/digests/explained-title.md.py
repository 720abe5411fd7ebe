# The model explains its title: kept as given; triage judges it.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97003",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼\n\n解释：\n这里的“灯笼”指的是一种模型。",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97004",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 18,
        },
    ],
    "problems": [],
}
