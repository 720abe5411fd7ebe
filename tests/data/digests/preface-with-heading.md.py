# Talk before the first record, with a heading that is not its title.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97093",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 7,
        }
    ],
    "problems": [],
}
