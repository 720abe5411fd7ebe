# A record whose rule is lost ends at the next title, whatever rules its text holds.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97080",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。\n---\n-- 船都回来了。",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97081",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 15,
        },
    ],
    "problems": [],
}
