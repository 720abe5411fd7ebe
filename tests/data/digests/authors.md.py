# Suffixes and parentheses hold commas that divide no names.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97055",
            "title": "Lanterns for Small Harbours",
            "authors": ["A. Roe, Jr.", "Bo Li (MIT, CSAIL)", "Lantern Team", "Cy Noe III"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 1,
        }
    ],
    "problems": [],
}
