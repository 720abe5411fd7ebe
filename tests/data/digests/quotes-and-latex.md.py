# Quotes, backslashes and LaTeX stay as they are.
# ruff: noqa: B018
{
    "records": [
        {
            "arxiv_id": "2501.97054",
            "title": "\"Quoted\" 'Lamps' at $O(n^2)$",
            "authors": ["Ada Example", "Bo Muster"],
            "abstract": "We \\textbf{light} $\\frac{a}{b}$ lamps at 5\\% cost, "
            'see~\\url{this https URL}; C:\\new\\table \\\\ "end".',
            "title_zh": "“带引号的”灯：$\\alpha$",
            "abstract_zh": "我们\\emph{点}灯 $x_i \\in \\mathbb{R}$，见此 https 链接。",
            "line": 1,
        }
    ],
    "problems": [],
}
