# Angle brackets and entities are text.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97053",
            "title": "The <think> Token and <eos>",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "Models write <think> & </think>; <b>we</b> count a<b and "
            "<script>alert(1)</script>.",
            "title_zh": "<think> 标记",
            "abstract_zh": "模型写 <think> 与 &lt;eos&gt;。",
            "line": 1,
        }
    ],
    "problems": [],
}
