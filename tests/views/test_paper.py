"""The page of one paper."""

import pytest

from papers.models import Paper
from tests.text.test_alignment import CHINESE, ENGLISH
from tests.text.test_incomplete import LONG
from tests.views.conftest import (
    ANGLE_BRACKETS,
    EXPLAINED,
    FOURTEEN_AUTHORS,
    IN_THREE_DIGESTS,
    TOO_SHORT,
)

pytestmark = pytest.mark.usefixtures("sample")


def test_it_shows_the_chinese_title_and_nothing_of_the_explanation(read):
    page = read(f"/papers/{EXPLAINED}/", lang="both")
    assert "解释" not in page.source
    assert page.all('h1 .text[lang="zh-Hans"]') == [Paper.objects.get(arxiv_id=EXPLAINED).title_zh]


def test_it_lists_all_authors_in_order_with_links(read):
    page = read(f"/papers/{FOURTEEN_AUTHORS}/")
    names = page.all(".paper-authors a")
    assert len(names) == 14
    assert ", ".join(names) == Paper.objects.get(arxiv_id=FOURTEEN_AUTHORS).authors_text
    assert read(page.attributes(".paper-authors a", "href")[0]).all("h1") == [names[0]]


def test_it_links_to_arxivs_pdf_html_and_abstract_page(read):
    links = read(f"/papers/{EXPLAINED}/").attributes(".paper-actions a", "href")
    assert links == [f"https://arxiv.org/{form}/{EXPLAINED}" for form in ("pdf", "html", "abs")]


def test_the_operator_names_further_places_to_read_it(read, settings):
    settings.READ_LINKS = [("alphaXiv", "https://alpha.example/abs/{id}")]
    links = read(f"/papers/{EXPLAINED}/").attributes(".paper-actions a", "href")
    assert links[-1] == f"https://alpha.example/abs/{EXPLAINED}"


def test_it_says_where_the_text_comes_from(read):
    page = read(f"/papers/{IN_THREE_DIGESTS}/")
    assert page.all(".appearances li") == [
        "29 Jan 2025 · Artificial Intelligence · duizhao-sample",
        "29 Jan 2025 · Large Language Models · duizhao-sample",
        "29 Jan 2025 · Multimodal · duizhao-sample",
    ]
    assert "Chinese title: machine translation from duizhao-sample." in page.text
    for link in page.attributes(".appearances li a", "href"):
        assert read(link).status == 200


def test_sentences_stand_beside_their_translations(read):
    page = read(f"/papers/{IN_THREE_DIGESTS}/", lang="both")
    assert page.attributes(".pair > p", "lang") == ["en", "zh-Hans"] * 6
    paper = Paper.objects.get(arxiv_id=IN_THREE_DIGESTS)
    shown = "".join(page.all(".pair > p:lang(zh-Hans)"))
    assert "".join(shown.split()) == "".join(paper.abstract_zh.split())  # gaps are autospace's
    assert len(page.all(".pair-last")) == 1  # it has two paragraphs
    assert not page.all(".paper-abstract .reading")


@pytest.mark.parametrize("lang", ["en", "zh", "zh-en"])
def test_one_language_alone_is_shown_in_paragraphs(read, lang):
    page = read(f"/papers/{IN_THREE_DIGESTS}/", lang=lang)
    assert len(page.all(".paper-abstract .reading p")) == 2
    assert not page.all(".pair")


def test_paragraphs_stand_side_by_side_where_sentences_are_not_sure(read):
    paper = Paper.objects.get(arxiv_id=IN_THREE_DIGESTS)
    paper.abstract_zh = "灯笼挂在港口的墙上，整个冬天都没有人来看它一眼，只有风知道。"
    paper.card["pairs"] = {}
    paper.save()
    page = read(f"/papers/{IN_THREE_DIGESTS}/", lang="both")
    assert page.attributes(".pairs > .reading", "lang")[:2] == ["en", "zh-Hans"]
    assert not page.all(".pair")


def test_a_sentence_without_partner_says_so(read):
    added = "标题：灯笼与港口的基准测试，以及冬季里一盏无人问津的长明灯的故事。"
    paper = Paper.objects.get(arxiv_id=EXPLAINED)
    paper.abstract_en = "".join([*ENGLISH[:3], LONG, *ENGLISH[3:], " ", *ENGLISH[:4]])
    paper.abstract_zh = "".join([*CHINESE, *CHINESE[:2], added, *CHINESE[2:4]])
    paper.card["pairs"] = {}
    paper.save()
    page = read(f"/papers/{EXPLAINED}/", lang="both")
    rows = page.all(".pair")
    assert rows[3] == LONG.strip() + "not translated"
    assert rows[9] == "not in the English" + added
    page = read(f"/papers/{EXPLAINED}/", lang="both", headers={"Cookie": "ui=zh-hans"})
    assert page.all(".absent") == ["译文缺", "原文无"]


def test_a_doubtful_translation_says_so(read):
    doubt = read(f"/papers/{TOO_SHORT}/", lang="both").all(".doubts")
    assert doubt == [
        "The Chinese abstract may be incomplete "
        "it is much shorter than the English, so parts are missing"
    ]
    assert not read(f"/papers/{IN_THREE_DIGESTS}/").all(".doubts")


def test_who_reads_in_english_is_told_no_doubt_about_the_chinese(read):
    for paper in (TOO_SHORT, EXPLAINED):
        assert not read(f"/papers/{paper}/", lang="en").all(".doubts")
    assert not read(f"/papers/{TOO_SHORT}/", lang="zh-en").all(".doubts")
    assert read(f"/papers/{TOO_SHORT}/", lang="en-zh").all(".doubts")


def test_a_doubt_is_said_in_the_readers_language_about_the_right_text(read):
    page = read(f"/papers/{TOO_SHORT}/", headers={"Accept-Language": "zh-CN"})
    assert page.all(".paper-abstract .doubts strong") == ["摘要译文可能不完整"]
    page = read(f"/papers/{EXPLAINED}/", lang="both")
    assert page.all(".paper-head .doubts strong") == ["The Chinese title may be inexact"]
    assert not page.all(".paper-abstract .doubts")


def test_angle_brackets_are_text(read):
    page = read(f"/papers/{ANGLE_BRACKETS}/", lang="en")
    assert "<think>" in page.text
    assert "<think>" not in page.source


def test_markup_in_any_field_of_a_paper_is_text(read):
    attack = "<img src=x onerror=alert(1)>"
    Paper.objects.filter(arxiv_id=EXPLAINED).update(
        **dict.fromkeys(("title_en", "title_zh", "abstract_en", "abstract_zh", "note_en"), attack)
    )
    for path in (f"/papers/{EXPLAINED}/", "/papers/", "/days/2025-01-28/", "/topics/rag/"):
        assert attack not in read(path, lang="both").source


def test_a_hidden_paper_is_not_there(read):
    Paper.objects.filter(arxiv_id=EXPLAINED).update(hidden=True)
    assert read(f"/papers/{EXPLAINED}/").status == 404
    assert read(f"/abs/{EXPLAINED}").status == 404


def test_a_curators_note_is_shown(read):
    Paper.objects.filter(arxiv_id=EXPLAINED).update(note_en="Read this one first.")
    assert "Read this one first." in read(f"/papers/{EXPLAINED}/").text


@pytest.mark.parametrize("path", ["/papers/9999.99999/", "/papers/cs/0000000/", "/nothing/"])
def test_what_is_not_there_gets_a_page_that_helps(read, path):
    page = read(path)
    assert page.status == 404
    assert page.all("h1") == ["Page not found"]
    assert "/papers/" in page.attributes("main a", "href")


def test_arxivs_own_addresses_lead_to_the_paper_and_the_pdf(client):
    for path in (f"/abs/{EXPLAINED}", f"/abs/{EXPLAINED}v2"):
        assert client.get(path).headers["Location"] == f"/papers/{EXPLAINED}/"
    pdf = client.get(f"/pdf/{EXPLAINED}v2")
    assert pdf.headers["Location"] == f"https://arxiv.org/pdf/{EXPLAINED}v2"


def test_a_paper_of_the_old_style_has_an_address(read):
    Paper.objects.filter(arxiv_id=EXPLAINED).update(arxiv_id="cs/0112017")
    assert read("/papers/cs/0112017/").status == 200
