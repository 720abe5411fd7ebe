# After a record whose rule is lost the next one may as well be part of its text: it is left out.
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
    ],
    "problems": [["within-text", 15, "2501.97081"]],
}
