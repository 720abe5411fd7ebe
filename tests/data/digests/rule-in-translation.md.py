# A rule inside both translations does not cut the record.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97009",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼\n\n---\n\n这里的标题采用了直译",
            "abstract_zh": "我们挂起灯笼。\n\n---\n\n然后数船。",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97010",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 23,
        },
    ],
    "problems": [],
}
