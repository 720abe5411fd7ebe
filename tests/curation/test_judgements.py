"""A curator's judgement of a text: it holds for this text, and asks again when the text changes."""

import pytest

from papers import curation
from papers.importing.run import Options, run_import
from papers.models import Doubt, FieldLock, Judgement, Paper
from tests.admin.conftest import paper_of
from tests.cast import EXPLAINED, LANTERN, TOO_SHORT
from tests.support import record_text

pytestmark = pytest.mark.usefixtures("small_site")

SHORT = "各种长度的绳结：一种面向船只与缆绳的通用打结方法"


def warned_of(client, paper: Paper) -> bool:
    return 'class="doubts"' in client.get(f"{paper.get_absolute_url()}?lang=both").content.decode()


def reissue(folder, **changed) -> None:
    """Give the paper with the short abstract again, on a later day."""
    file = folder / LANTERN / "30-Jan-2025/NLP/README.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    old = paper_of(TOO_SHORT)
    given = {
        "title": old.title_en,
        "title_zh": old.title_zh,
        "abstract": old.abstract_en,
        "abstract_zh": SHORT,
    }
    file.write_text(record_text(TOO_SHORT, **{**given, **changed}), "utf-8")
    run_import([str(folder)], Options())


def test_a_text_that_is_fine_leaves_the_queue_and_the_readers_page_without_a_lock(
    admin_user, client
):
    paper = paper_of(TOO_SHORT)
    assert warned_of(client, paper)
    curation.judge_fine([paper], admin_user)
    assert not warned_of(client, paper)
    assert not paper.doubts.exists()
    assert not FieldLock.objects.exists()
    assert paper_of(TOO_SHORT).zh_state == "ok"
    assert paper.history.first().history_change_reason == "judge"


def test_the_judgement_survives_imports_and_asks_again_when_the_text_changes(
    admin_user, small_site
):
    paper = paper_of(TOO_SHORT)
    curation.judge_fine([paper], admin_user)
    reissue(small_site)
    assert not paper.doubts.exists()
    reissue(small_site, abstract_zh=SHORT + "及其他")
    assert paper.doubts.get().fault == "too-short"
    reissue(small_site)
    assert not paper.doubts.exists()
    assert Judgement.objects.count() == 1


def test_only_the_fault_that_was_named_is_judged(admin_user):
    paper = paper_of(EXPLAINED)
    curation.judge_fine([paper], admin_user, field="title", fault="explained")
    with pytest.raises(curation.NothingToJudge):
        curation.judge_fine([paper], admin_user, field="title", fault="chat")
    assert not paper.doubts.exists()


def test_it_is_taken_back_and_undone_like_every_decision(admin_user):
    paper = paper_of(TOO_SHORT)
    batch = curation.batch_name()
    curation.judge_fine([paper], admin_user, batch)
    curation.undo(batch, admin_user)
    assert paper.doubts.exists()
    first = paper.history.order_by("history_id")[1]
    curation.revert(first, admin_user, ["judged"])
    assert not paper.doubts.exists()
    curation.ask_again([paper], admin_user, field="abstract", fault="too-short")
    assert paper.doubts.exists()


def test_a_text_unfit_to_be_shown_is_not_shown_and_may_be_replaced(admin_user, client, small_site):
    paper = paper_of(TOO_SHORT)
    curation.reject_text([paper], "abstract", admin_user)
    rejected = paper_of(TOO_SHORT)
    assert (rejected.abstract_zh, rejected.zh_state) == ("", "suspect")
    assert not paper.doubts.exists()
    assert not warned_of(client, paper)
    reissue(small_site)
    assert paper_of(TOO_SHORT).abstract_zh == ""
    whole = "我们打各种长度的结，问哪些牢固。" * 12
    reissue(small_site, abstract_zh=whole)
    assert paper_of(TOO_SHORT).abstract_zh == whole


def test_a_doubt_says_what_readers_meet():
    effects = dict(Doubt.objects.values_list("paper__arxiv_id", "effect"))
    assert effects == {EXPLAINED: "repaired", TOO_SHORT: "shown"}


def test_a_fault_of_which_nothing_is_shown_cannot_be_fine(admin_user, small_site):
    file = small_site / LANTERN / "30-Jan-2025/AI/README.md"
    file.parent.mkdir(parents=True)
    file.write_text(record_text("2501.97011", title_zh="灯"), "utf-8")
    run_import([str(small_site)], Options())
    paper = paper_of("2501.97011")
    assert {one.effect for one in paper.doubts.all()} == {"nothing"}
    with pytest.raises(curation.NothingToJudge):
        curation.judge_fine([paper], admin_user)
