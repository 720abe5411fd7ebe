# Texts with colons near their labels.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97089",
            "title": "Lanterns for Small Harbours",
            "authors": ["Q: Ada Example", "Bo Muster"],
            "abstract": "So: we hang lanterns and count the boats that return.",
            "title_zh": "港：灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 1,
        }
    ],
    "problems": [],
}
