# The file ends before the last record's link.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97036",
            "title": "Lanterns for Small Harbours",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We hang lanterns and count the boats that return.",
            "title_zh": "小港口的灯笼",
            "abstract_zh": "我们挂起灯笼，数一数归来的船。",
            "line": 1,
        }
    ],
    "problems": [["no-link", 15, ""]],
}
