"""Every decision saves a version: who, when, before and after; it can be restored."""

import re
from html import unescape

import pytest

from papers.importing.run import Options, run_import
from papers.models import FieldLock, Paper
from tests.admin.conftest import paper_of, press
from tests.cast import ANCHOR, EXPLAINED, KITE

pytestmark = pytest.mark.usefixtures("small_site")


def history(client, paper: Paper) -> str:
    return client.get(f"/admin/papers/paper/{paper.pk}/history/").content.decode()


def test_an_import_leaves_no_version(small_site):
    run_import([str(small_site)], Options())
    assert not Paper.history.exists()


def test_it_says_who_changed_what_from_what(curator):
    press(curator, paper_of(KITE), "save", title_zh="风筝")
    page = history(curator, paper_of(KITE))
    assert "<del>浅网络上空的</del>" in page
    assert "Curator" in page


def test_it_says_before_what_the_digests_said_before(curator):
    press(curator, paper_of(KITE), "hide", reason="a twin")
    first, second = paper_of(KITE).history.order_by("history_id")
    assert (first.hidden, first.history_user) == (False, None)
    assert (second.hidden, second.history_user.username) == (True, "Curator")


def test_a_paper_goes_back_to_a_version_with_its_locks(curator):
    press(curator, paper_of(KITE), "save", title_zh="风筝")
    press(curator, paper_of(KITE), "save", title_zh="另一只风筝")
    press(curator, paper_of(KITE), "feature", order="1", until="")
    wanted = paper_of(KITE).history.get(title_zh="风筝")
    restore(curator, wanted, "title_zh", "featured")
    paper = paper_of(KITE)
    assert (paper.title_zh, paper.featured) == ("风筝", False)
    assert FieldLock.objects.get().field == "title_zh"
    first = paper.history.order_by("history_id").first()
    restore(curator, first, "title_zh")
    assert paper_of(KITE).title_zh == "浅网络上空的风筝"
    assert not FieldLock.objects.exists()


def restore(client, version, *parts: str):
    address = f"/admin/papers/paper/{version.id}/restore/{version.history_id}/"
    return client.post(address, {"part": parts})


def test_going_back_says_what_it_will_change_and_takes_only_what_was_chosen(curator):
    paper = paper_of(KITE)
    press(curator, paper, "save", title_zh="风筝")
    press(curator, paper_of(KITE), "feature", order="1", until="")
    press(curator, paper_of(KITE), "annotate", note_en="Read it.", note_zh="读。")
    first = paper.history.order_by("history_id").first()
    address = f"/admin/papers/paper/{paper.pk}/restore/{first.history_id}/"
    page = curator.get(address).content.decode()
    for part in ("title_zh", "featured", "note_en", "note_zh"):
        assert f'name="part" value="{part}" checked' in page
    assert 'value="hidden"' not in page
    restore(curator, first, "title_zh")
    back = paper_of(KITE)
    assert (back.title_zh, back.featured, back.note_zh) == ("浅网络上空的风筝", True, "读。")
    restore(curator, first)
    assert paper_of(KITE).featured


def test_the_last_action_can_be_undone_from_every_page_and_leads_back(curator):
    press(curator, paper_of(KITE), "save", title_zh="风筝", abstract_zh="风筝。")
    back = "/admin/papers/paper/?zh_state__exact=ok"
    page = curator.get(back).content.decode()
    (undo,) = re.findall(r'action="(/admin/papers/paper/undo/[^"]+)"', page)
    answer = curator.post(unescape(undo))
    assert answer.url == back
    assert paper_of(KITE).title_zh == "浅网络上空的风筝"
    assert not FieldLock.objects.exists()
    assert "undo/" not in curator.get(back).content.decode()


def test_an_undo_leads_nowhere_else(curator):
    press(curator, paper_of(KITE), "hide", reason="x")
    batch = Paper.history.exclude(batch="").first().batch
    answer = curator.post(f"/admin/papers/paper/undo/{batch}/?back=//example.org/")
    assert answer.url == "/admin/papers/paper/"


def bulk(client, action: str, *papers: Paper, **said):
    chosen = {"action": action, "_selected_action": [paper.pk for paper in papers]}
    return client.post("/admin/papers/paper/", {**chosen, **said}, follow=True)


def test_an_action_on_several_papers_is_shown_first_and_undone_after(curator):
    papers = paper_of(KITE), paper_of(ANCHOR)
    preview = bulk(curator, "hide", *papers).content.decode()
    assert "2 papers will change" in preview
    assert Paper.objects.published().count() == 10
    done = bulk(curator, "hide", *papers, confirmed="1", reason="twins").content.decode()
    assert "2 papers: Hide from readers." in done
    assert Paper.objects.published().count() == 8
    batch = Paper.history.exclude(batch="").first().batch
    assert "Kites" in curator.get(f"/admin/papers/paper/undo/{batch}/").content.decode()
    undone = curator.post(f"/admin/papers/paper/undo/{batch}/", follow=True).content.decode()
    assert "2 papers restored." in undone
    assert Paper.objects.published().count() == 10


def test_undoing_leaves_what_was_decided_on_again(curator):
    bulk(curator, "feature", paper_of(KITE), paper_of(ANCHOR), confirmed="1", order="1", until="")
    batch = Paper.history.exclude(batch="").first().batch
    press(curator, paper_of(KITE), "annotate", note_en="Stays.", note_zh="")
    curator.post(f"/admin/papers/paper/undo/{batch}/")
    assert (paper_of(KITE).featured, paper_of(ANCHOR).featured) == (True, False)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("feature", {"order": "3", "until": ""}),
        ("unfeature", {}),
        ("hide", {"reason": "x"}),
        ("unhide", {}),
        ("annotate", {"note_en": "x", "note_zh": "y"}),
    ],
)
def test_every_action_on_several_papers_works(curator, action, said):
    papers = paper_of(KITE), paper_of(EXPLAINED)
    assert bulk(curator, action, *papers, confirmed="1", **said).status_code == 200


def test_a_form_that_is_not_filled_in_changes_nothing(curator):
    answer = bulk(curator, "hide", paper_of(KITE), confirmed="1", reason="")
    assert "This field is required" in answer.content.decode()
    assert not paper_of(KITE).hidden
