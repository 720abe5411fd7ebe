# Paragraphs stay, each in the way of its writer.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97031",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "First we hang lanterns.\nThen we count boats.\n  Last, we sleep.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "先挂灯笼。\n\n再数船。\n\n\n最后睡觉。",
            "line": 1,
        }
    ],
    "problems": [],
}
