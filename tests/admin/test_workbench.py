"""The workbench: problems are shown, corrected, and stay corrected."""

import pytest
from lxml import html

from papers.admin.sentence_editor import lost_signs
from papers.importing.run import Options, run_import
from papers.models import FieldLock, Paper, Translation
from tests.admin.conftest import paper_of, press, workbench
from tests.cast import ANCHOR, EXPLAINED, KITE, LAMP, TOO_SHORT
from tests.support import record_text
from tests.text.test_alignment import CHINESE, ENGLISH
from tests.text.test_incomplete import LONG

pytestmark = pytest.mark.usefixtures("small_site")

FAULTY_TITLES = "field=title&fault=explained"


def read(client, paper: Paper, queue: str = "") -> str:
    return client.get(workbench(paper, queue)).content.decode()


def test_it_names_the_faults_and_marks_them_in_the_text(curator):
    page = read(curator, paper_of(EXPLAINED))
    assert '<span class="fault">added remarks</span>' in page
    assert "<del>" in page
    assert "保留了原文的字面意思。</del>" in page


def test_it_shows_every_text_that_sources_gave_beside_what_readers_see(curator):
    page = read(curator, paper_of(LAMP))
    assert page.count('data-pick="title_zh"') == 2
    assert "<ins>" in page


def test_an_edit_locks_exactly_this_field_and_says_who(curator):
    press(curator, paper_of(EXPLAINED), "save", title_zh="茶壶的世界模型")
    (lock,) = FieldLock.objects.all()
    assert (lock.field, lock.by.username) == ("title_zh", "Curator")
    assert "Decided by Curator" in read(curator, paper_of(EXPLAINED))


def test_a_picked_translation_stays_when_a_newer_one_comes(curator, small_site):
    paper = paper_of(LAMP)
    other = Translation.objects.get(paper=paper, field="title", chosen=False)
    press(curator, paper, f"pick:{other.pk}")
    again = small_site / "lantern-daily/30-Jan-2025/AI/README.md"
    again.parent.mkdir(parents=True)
    again.write_text(record_text(arxiv_id=LAMP, title_zh="更新的标题"), "utf-8")
    run_import([str(small_site)], Options())
    assert paper_of(LAMP).title_zh == other.text
    assert Translation.objects.get(paper=paper, field="title", chosen=True) == other


@pytest.mark.parametrize(
    "garbage",
    [
        "灯",
        "无需推理直接输出：",
        "“Lamps”可以翻译为“灯”或“灯盏”。具体选择要看原文。",
        "灯笼与小机器的\nuser\n请继续翻译。",
    ],
)
def test_a_translation_that_triage_rejects_whole_cannot_be_picked(curator, garbage):
    paper = paper_of(LAMP)
    before = paper.title_zh
    source = paper.translations.first().source
    rejected = Translation.objects.create(
        paper=paper, field="title", text=garbage, text_hash="0", source=source, faults=["chat"]
    )
    answer = press(curator, paper, f"pick:{rejected.pk}")
    assert "Nothing of this text can be shown to readers" in answer.content.decode()
    assert answer.context["texts"]["title_zh"].value() == garbage  # it is in the editor instead
    assert paper_of(LAMP).title_zh == before
    assert not FieldLock.objects.exists()


def test_a_released_field_shows_what_the_digests_say_today(curator):
    before = paper_of(LAMP).title_zh
    press(curator, paper_of(LAMP), "save", title_zh="我的标题")
    assert paper_of(LAMP).title_zh == "我的标题"
    press(curator, paper_of(LAMP), "release:title_zh")
    assert paper_of(LAMP).title_zh == before
    assert not FieldLock.objects.exists()


def test_saving_leads_to_the_next_paper_of_the_queue(curator):
    queue = "zh_state__exact=ok"
    first, second = Paper.objects.filter(zh_state="ok")[:2]
    answer = press(curator, first, "save-next", queue=queue, title_zh="改过的标题")
    assert answer.url == workbench(second, queue)


def test_the_last_paper_of_a_queue_leads_back_to_the_list(curator):
    answer = press(curator, paper_of(EXPLAINED), "save-next", queue=FAULTY_TITLES, title_zh="茶壶")
    assert answer.url == f"/admin/papers/paper/?{FAULTY_TITLES}"
    assert "0 papers" in curator.get(answer.url).content.decode()


def test_a_queue_that_nobody_understands_does_no_harm(curator):
    for queue in ("no_such=1", "zh_state__exact=%00", "x" * 5_000, "source=9" * 99):
        assert curator.get(workbench(paper_of(KITE), queue)).status_code == 200


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(curator):
    opened = paper_of(KITE)
    press(curator, opened, "save", title_zh="先到的人写的")
    answer = press(curator, opened, "save", title_zh="后到的人写的")
    assert "This was changed in the meantime" in answer.content.decode()
    assert paper_of(KITE).title_zh == "先到的人写的"


def test_a_conflict_is_decided_by_either_text_and_can_be_left(curator):
    opened = paper_of(KITE)
    press(curator, opened, "save", title_zh="先到的人写的")
    answer = press(curator, opened, "theirs:title_zh", title_zh="后到的人写的", abstract_zh="风。")
    texts = answer.context["texts"]
    assert (texts["title_zh"].value(), texts["abstract_zh"].value()) == ("先到的人写的", "风。")
    assert paper_of(KITE).title_zh == "先到的人写的"
    press(curator, opened, "mine:title_zh", title_zh="后到的人写的")
    assert paper_of(KITE).title_zh == "后到的人写的"
    assert "Keep mine" not in read(curator, paper_of(KITE))


def test_what_was_typed_is_kept_when_another_button_is_pressed(curator):
    answer = press(curator, paper_of(KITE), "feature", title_zh="还没有存", order="1", until="")
    assert paper_of(KITE).featured
    assert answer.context["texts"]["title_zh"].value() == "还没有存"
    assert "not saved yet" in answer.content.decode()
    assert paper_of(KITE).title_zh == "浅网络上空的风筝"


def test_enter_in_a_small_field_decides_nothing_and_keeps_the_text(curator):
    answer = press(curator, paper_of(KITE), "stay", title_zh="还没有存", reason="x")
    assert answer.context["texts"]["title_zh"].value() == "还没有存"
    assert not Paper.history.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("以下是翻译：\n\n《风筝》\n\n注：意译。", "added remarks"),
        ("", "missing"),
        ("风筝 over shallow networks 研究", "half translated"),
    ],
)
def test_what_looks_wrong_is_said_before_it_is_saved(curator, text, said):
    first = press(curator, paper_of(KITE), "save", title_zh=text, warned_title_zh="")
    if text:
        assert said in first.content.decode()
        assert paper_of(KITE).title_zh == "浅网络上空的风筝"
    cleaned = " ".join(text.split())
    press(curator, paper_of(KITE), "save", title_zh=text, warned_title_zh=cleaned)
    assert paper_of(KITE).title_zh == cleaned


def test_picking_or_judging_settles_the_warning_of_readers(curator, client):
    for paper, act in (
        (paper_of(TOO_SHORT), "judge_fine:abstract:too-short"),
        (paper_of(EXPLAINED), "pick"),
    ):
        address = f"{paper.get_absolute_url()}?lang=both"
        assert 'class="doubts"' in client.get(address).content.decode()
        given = paper.translations.get(field="title")
        press(curator, paper, f"pick:{given.pk}" if act == "pick" else act)
        assert 'class="doubts"' not in client.get(address).content.decode()
        assert not paper.doubts.exists()


def test_a_judgement_goes_on_to_the_next_paper_and_is_taken_back(curator):
    paper = paper_of(TOO_SHORT)
    queue = "zh_state__exact=suspect"
    answer = press(curator, paper, "judge_fine", queue, then="next")
    assert answer.url != workbench(paper, queue)
    assert "judged by Curator" in read(curator, paper)
    press(curator, paper, "ask_again:abstract:too-short")
    assert paper.doubts.exists()
    press(curator, paper, "reject:abstract")
    assert paper_of(TOO_SHORT).abstract_zh == ""


def test_what_is_in_doubt_comes_first_and_the_rest_is_folded(curator):
    page = html.fromstring(read(curator, paper_of(TOO_SHORT)))
    groups = page.cssselect(".text-group")
    assert [one.get("open") is not None for one in groups] == [True, False]
    assert groups[0].cssselect('[name="abstract_zh"]')


def test_a_row_of_the_abstract_names_numbers_that_differ():
    assert lost_signs("It is 12.5 times $n^2$ faster.", "它快 12.5 倍 $n^2$。") == []
    assert lost_signs("It is 12 times $n^2$ faster.", "它快 21 倍。") == ["$n^2$", "12", "21"]


def test_saving_without_a_change_locks_nothing(curator):
    press(curator, paper_of(KITE), "save")
    assert not FieldLock.objects.exists()


def test_an_empty_english_title_is_refused(curator):
    answer = press(curator, paper_of(KITE), "save", title_en=" ")
    assert "This field is required" in answer.content.decode()
    assert paper_of(KITE).title_en == "Kites over Shallow Networks"


def test_harmful_characters_are_cleaned_from_what_a_curator_writes(curator):
    press(curator, paper_of(KITE), "save", title_zh="风\x00筝\x0b\r\n在天上")
    assert paper_of(KITE).title_zh == "风 筝 在天上" or "\x00" not in paper_of(KITE).title_zh


def test_a_preview_shows_the_text_and_writes_nothing(curator):
    answer = press(curator, paper_of(KITE), "preview", title_zh="预览的标题")
    assert "预览的标题" in answer.content.decode()
    assert paper_of(KITE).title_zh == "浅网络上空的风筝"


def test_a_corrected_paper_leaves_its_queue(curator):
    paper = paper_of(TOO_SHORT)
    assert paper.doubts.count() == 1
    press(curator, paper, "save", abstract_zh="我们打各种长度的结，问哪些牢固。")
    assert not paper.doubts.exists()
    assert paper_of(TOO_SHORT).zh_state == "ok"


def test_the_texts_of_a_hidden_paper_can_still_be_read(curator):
    press(curator, paper_of(ANCHOR), "hide", reason="a twin")
    assert "Hidden from readers" in read(curator, paper_of(ANCHOR))


@pytest.mark.parametrize("act", ["", "pick:x", "pick:99999999999999999999", "release:card", "hide"])
def test_a_button_that_there_is_not_decides_nothing(curator, act):
    assert press(curator, paper_of(KITE), act).status_code in (200, 404)
    assert not Paper.history.exists()


def test_no_such_paper_is_404(curator):
    for pk in ("0", "9" * 30, "x", "1_0"):
        assert curator.get(f"/admin/papers/paper/{pk}/change/").status_code == 404


def test_the_abstract_is_shown_sentence_by_sentence(curator):
    paper = with_a_sentence_left_out(paper_of(KITE))
    page = html.fromstring(read(curator, paper))
    rows = page.cssselect("[data-sentences] li")
    assert [row.cssselect("p")[0].text_content() for row in rows][3] == LONG.strip()
    assert [row.cssselect(".fault") != [] for row in rows] == [False] * 3 + [True] + [False] * 3
    texts = [row.cssselect("textarea")[0] for row in rows]
    assert not any(one.name for one in texts)  # the field alone is sent
    together = "".join((one.value or "").lstrip("\n") + one.get("data-after") for one in texts)
    assert together == paper.abstract_zh


def test_where_pairs_are_not_sure_there_is_only_the_whole_text(curator):
    assert "data-sentences" not in read(curator, paper_of(TOO_SHORT))


def with_a_sentence_left_out(paper: Paper) -> Paper:
    paper.abstract_en = "".join([*ENGLISH[:3], LONG, *ENGLISH[3:]])
    paper.abstract_zh = "".join(CHINESE[:2]) + "\n" + "".join(CHINESE[2:])
    paper.save()
    return paper
