"""What a language model left beside a translation, or instead of one, is shown nowhere."""

import html
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from papers.models import Paper
from tests.digests.lanterns import ABSTRACT, ABSTRACT_ZH, TITLE, TITLE_ZH
from tests.importing.conftest import RAG, importing
from tests.kept import Kept
from tests.support import record_text

pytestmark = pytest.mark.django_db

DAY = "2025-01-29"

# What a digest gave, by what must not be seen of it.
TITLES = {
    "以下是翻译成中文的内容": f"以下是翻译成中文的内容，符合学术规范：\n\n{TITLE_ZH}",
    "这个标题保留了原文": f"{TITLE_ZH}\n\n解释：这个标题保留了原文的意思。如需更多翻译，请告知。",
    "很抱歉": "很抱歉，您提供的标题不完整，请提供完整的标题。",
    "无需推理": "无需推理直接输出：",
    "继续翻译": f"{TITLE_ZH}\nuser\n请继续翻译下一个标题",
    "kukuk": "kukukuk kuk " * 160,
    "灯塔灯塔灯塔": "灯塔" * 120,
    "烛": "烛",
    "yabody": f"{TITLE_ZH} yabody",
    "提灯”或“": "“Lanterns”可以翻译为“提灯”或“灯笼”。具体选择要看上下文。",
    "**译文**": f"**译文**：{TITLE_ZH}",
}
ABSTRACTS = {
    "以下是摘要的翻译": f"以下是摘要的翻译，符合学术规范：\n\n{ABSTRACT_ZH}",
    "原文中的网址": f"{ABSTRACT_ZH}\n\n请注意，原文中的网址并未给出，请将其替换为实际网址。",
    "作为人工智能": "作为一个人工智能模型，我无法翻译这段内容。",
    "assistant": f"{ABSTRACT_ZH}\nassistant\n好的，继续。",
    "蜡烛蜡烛蜡烛": "蜡烛" * 900,
    "火": "火",
    "wicks-and-oil": f"{ABSTRACT_ZH}代码见 https://github.com/wicks-and-oil/lamp。",
    "your-repo": f"{ABSTRACT_ZH}代码见 https://github.com/your-repo。",
    "摘要：": f"摘要：\n\n{ABSTRACT_ZH}",
}
ENGLISH = {
    "â€œ": {"title": "Lanterns in the â€œLatentâ€\x9d Space"},
    "Ã©": {"abstract": f"The cafÃ© glows. {ABSTRACT}"},
    "and Bo": {"authors": ["Ada Example", "and Bo Muster"]},
    "^{1,2}": {"authors": ["Ada Example^{1,2}", "Bo Muster"]},
}
MARKS = [*TITLES, *ABSTRACTS, *ENGLISH]
# A single character is garbage where it is the whole text.
WHOLE = {"烛", "火"}


@pytest.fixture(scope="module")
def garbage_kept(keep, tmp_path_factory) -> Kept:
    folder = tmp_path_factory.mktemp("garbage")
    return keep(lambda: import_garbage(folder))


@pytest.fixture
def garbage(garbage_kept, db) -> list[str]:
    """A digest in which every paper has garbage of another kind; returns the papers' ids."""
    garbage_kept.put_back()
    return list(Paper.objects.order_by("arxiv_id").values_list("arxiv_id", flat=True))


def import_garbage(folder: Path) -> None:
    given = [
        *({"title_zh": text} for text in TITLES.values()),
        *({"abstract_zh": text} for text in ABSTRACTS.values()),
        *ENGLISH.values(),
    ]
    sound = {
        "title": TITLE,
        "title_zh": TITLE_ZH,
        "abstract": ABSTRACT,
        "abstract_zh": ABSTRACT_ZH,
    }
    ids = [f"2501.{96000 + number}" for number in range(len(given))]
    file = folder / "lamps" / DAY / RAG
    file.parent.mkdir(parents=True, exist_ok=True)
    records = (
        record_text(arxiv_id, **(sound | one)) for arxiv_id, one in zip(ids, given, strict=True)
    )
    file.write_text("".join(records), "utf-8")
    importing(file)
    assert Paper.objects.count() == len(given)


PAGES = [
    "/?",
    "/papers/?per=100&",
    "/papers/?q=lanterns&per=100&",
    "/papers/?q=灯笼&per=100&",
    f"/days/{DAY}/?",
    f"/days/{DAY}/rag/?",
    "/topics/rag/?",
    *(f"/papers/feed.{form}?" for form in ("atom", "rss", "json")),
]
FILES = [
    *(f"/papers.{form}" for form in ("bib", "ris", "csl.json", "csv", "jsonl")),
    "/api/v1/papers",
    "/authors/",
    "/suggest?q=灯",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["both", "zh"])
def test_no_list_and_no_feed_shows_it(garbage, client, page, lang):
    read = seen(client, f"{page}lang={lang}")
    assert [mark for mark in MARKS if shows(read, mark)] == []


@pytest.mark.parametrize("file", FILES)
def test_no_export_and_no_answer_of_the_api_holds_it(garbage, client, file):
    read = seen(client, file)
    assert [mark for mark in MARKS if shows(read, mark)] == []


def test_no_page_citation_or_answer_of_a_paper_shows_it(garbage, client):
    for arxiv_id in garbage:
        for address in addresses_of(arxiv_id):
            read = seen(client, address)
            assert [mark for mark in MARKS if shows(read, mark)] == [], address


def test_the_sound_text_is_shown_without_it(garbage, client):
    page = seen(client, f"/papers/{garbage[0]}/?lang=both")
    assert TITLE_ZH in page


def test_the_english_is_shown_in_place_of_what_was_nothing_else(garbage, client):
    page = seen(client, f"/papers/{garbage[list(TITLES).index('kukuk')]}/?lang=zh")
    assert TITLE in page


def addresses_of(arxiv_id: str) -> Iterator[str]:
    for lang in ("zh", "both", "en"):
        yield f"/papers/{arxiv_id}/?lang={lang}"
    for form in ("bib", "ris", "csl.json"):
        yield f"/papers/{arxiv_id}.{form}"
    yield f"/api/v1/papers/{arxiv_id}"


def seen(client: Client, address: str) -> str:
    """What stands in the answer, without what HTML and JSON escape."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = answer.getvalue().decode()
    if "json" in answer["Content-Type"]:
        lines = text.splitlines() if "jsonl" in address else [text]
        text = "\n".join(json.dumps(json.loads(line), ensure_ascii=False) for line in lines)
    return html.unescape(text)


def shows(text: str, mark: str) -> bool:
    if mark in WHOLE:
        return any(f"{before}{mark}{after}" in text for before, after in ('""', "><", "{}", ",,"))
    return mark in text
