"""Remedies for many papers: shown first, applied to what was chosen, undone at once."""

import pytest
from lxml import html

from papers import curation
from papers.curation.bulk_remedies import REMEDIES, apply_remedy, proposals
from papers.importing.run import Options, run_import
from papers.models import FieldLock, Judgement, Paper
from tests.admin.conftest import paper_of
from tests.cast import KITE, LANTERN, TOO_SHORT
from tests.support import record_text

ADDRESS = "/admin/papers/paper/remedies/"
ENGLISH = "We light lamps and count shadows. The code is at this https URL."
OPEN = "我们点灯，数影子，并在暗处的语料中寻找光亮。代码见[请填写链接]。"


@pytest.fixture
def open_places(small_site) -> list[str]:
    ids = [f"2501.9820{number}" for number in range(3)]
    file = small_site / LANTERN / "30-Jan-2025/AI/README.md"
    file.parent.mkdir(parents=True)
    records = [record_text(one, abstract=ENGLISH, abstract_zh=OPEN) for one in ids]
    file.write_text("".join(records), "utf-8")
    run_import([str(small_site)], Options())
    return ids


def shown(client, remedy: str) -> html.HtmlElement:
    return html.fromstring(client.get(f"{ADDRESS}?remedy={remedy}").content)


def keys(page: html.HtmlElement) -> list[str]:
    return [one.get("value") for one in page.cssselect("[name=chosen][checked]")]


def test_each_change_is_shown_and_only_the_ticked_ones_are_made(curator, open_places):
    page = shown(curator, "fill")
    assert len(keys(page)) == 3
    assert "https" in page.cssselect("ins")[0].text
    curator.post(f"{ADDRESS}?remedy=fill", {"chosen": keys(page)[:2]})
    texts = [paper_of(one).abstract_zh for one in open_places]
    assert sum("此 https 链接" in text for text in texts) == 2
    assert FieldLock.objects.count() == 2
    assert len(keys(shown(curator, "fill"))) == 1


def test_one_undo_takes_all_of_it_back(curator, open_places):
    page = shown(curator, "fill")
    curator.post(f"{ADDRESS}?remedy=fill", {"chosen": keys(page)})
    (undo,) = shown(curator, "fill").cssselect(".last-act")
    curator.post(undo.get("action"))
    assert {paper_of(one).abstract_zh for one in open_places} == {OPEN}
    assert not FieldLock.objects.exists()


def test_a_text_that_changed_since_it_was_shown_is_left_alone(admin_user, open_places):
    chosen = [one.key for one in proposals(REMEDIES["fill"])]
    curation.edit(paper_of(open_places[0]), "abstract_zh", OPEN + "又一句。", admin_user)
    assert apply_remedy(REMEDIES["fill"], chosen, admin_user, curation.batch_name()) == 2


def test_a_title_that_stands_as_an_abstract_is_not_shown_and_may_be_translated(
    curator, small_site, client
):
    page = shown(curator, "unfit")
    curator.post(f"{ADDRESS}?remedy=unfit", {"chosen": keys(page)})
    assert paper_of(TOO_SHORT).abstract_zh == ""
    assert not FieldLock.objects.exists()
    assert Judgement.objects.get().fault == Judgement.UNFIT
    run_import([str(small_site)], Options())
    assert paper_of(TOO_SHORT).abstract_zh == ""


def test_what_is_posted_is_never_trusted(curator, small_site):
    before = paper_of(KITE).abstract_zh
    for key in (f"{paper_of(KITE).pk}:abstract:0", "x", "1:2", "9" * 30 + ":abstract:0", ""):
        curator.post(f"{ADDRESS}?remedy=fill", {"chosen": [key]})
    assert paper_of(KITE).abstract_zh == before
    assert not Paper.history.exists()
    assert curator.get(f"{ADDRESS}?remedy=nothing").status_code == 200


def test_only_curators_apply_remedies(signed_in, small_site):
    assert signed_in("Reader of the admin").get(ADDRESS).status_code == 403
