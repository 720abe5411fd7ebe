# The paper's own link once more, in its translation.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97085",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。\n\n**Link**: [PDF](https://arxiv.org/pdf/2501.97085)\n\n见上。",
            "line": 1,
        }
    ],
    "problems": [],
}
