# The model announces its translation.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97005",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "以下是翻译成中文的内容，符合学术规范：\n\n我们挂起灯笼。",
            "line": 1,
        }
    ],
    "problems": [],
}
