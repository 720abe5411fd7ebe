# Fields in another order than the usual one, and "and" before the last author.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97001",
            "title": "Lamps for Dark Corpora",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We light lamps.",
            "title_zh": "照亮暗处语料的灯",
            "abstract_zh": "我们点灯。",
            "line": 1,
        },
        {
            "arxiv_id": "2501.97002",
            "title": "Bells for Dark Corpora",
            "authors": ["Chi Ling-Ling"],
            "abstract": "We ring bells.",
            "title_zh": "敲响暗处语料的钟",
            "abstract_zh": "我们敲钟。",
            "line": 15,
        },
    ],
    "problems": [],
}
