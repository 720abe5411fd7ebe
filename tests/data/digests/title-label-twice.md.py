# The label of the Chinese title twice: the first is the field, the other is text.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97092",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼\n\n**Title (ZH)**: 港口的灯",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 1,
        }
    ],
    "problems": [],
}
