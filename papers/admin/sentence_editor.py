"""The abstract of the workbench sentence by sentence, so that one sentence can be edited by itself.

The field stays one text: a script puts it together again (``static/js/admin/sentences.js``)."""

from dataclasses import dataclass

from papers.admin.decision_forms import TextsForm
from papers.models import Paper
from papers.text.sentence_pairs import pairs_of


@dataclass(frozen=True)
class SentenceRow:
    """A sentence in both languages as it stands in the fields; empty where one lacks it. ``after``
    is the white space behind the Chinese. All of ``chinese + after`` together are the field."""

    english: str
    chinese: str
    after: str


def sentence_rows(paper: Paper, texts: TextsForm) -> list[SentenceRow]:
    """The rows of the abstracts in the form; none where pairs are not sure."""
    english, chinese = (_lines(texts[name].value()) for name in ("abstract_en", "abstract_zh"))
    return [
        _row(english[slice(*pair.english)], chinese[slice(*pair.chinese)])
        for pair in pairs_of({}, english, chinese, paper.arxiv_url)
    ]


def _lines(value: str | None) -> str:
    """A text with its lines as a browser counts them."""
    return (value or "").replace("\r\n", "\n")


def _row(english: str, chinese: str) -> SentenceRow:
    kept = chinese.rstrip()
    return SentenceRow(english.strip(), kept, chinese[len(kept) :])
