"""Storing: accepted texts are evidence of a source of their own, and go through the one door."""

import datetime
import json

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from papers import curation
from papers.importing.removal import remove_source
from papers.importing.run import Options, run_import
from papers.models import Paper, Source, Translation, TranslationAttempt, TranslationRun, ZhState
from papers.translation import prompt
from papers.translation.asking import Answered, Outcome
from papers.translation.attempts import FIRST, Stored, rank_as_set, store
from papers.translation.guess import Tokens
from papers.translation.prompt import ABSTRACT, TITLE, Asked
from papers.translation.queue import ask_again
from papers.translation.translator import Translator
from tests import cast
from tests.importing.conftest import canonical_dump
from tests.support import record_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_site")]

TRANSLATOR = Translator("http://127.0.0.1:1/v1", "lamp-7b", prices=(1.0, 2.0))
TEXTS = {TITLE: "用耳朵数云", ABSTRACT: "我们点亮一盏又一盏灯，并数一数影子总共有多少个。"}
NONE = cast.WITHOUT_CHINESE


@pytest.fixture
def run() -> TranslationRun:
    return TranslationRun.objects.create(model="lamp-7b", host="h", prompt=prompt.VERSION)


@pytest.fixture
def curator(db) -> User:
    return User.objects.create_user("cleo")


def paper(arxiv_id: str = NONE) -> Paper:
    return Paper.objects.get(arxiv_id=arxiv_id)


def outcome(arxiv_id: str = NONE, texts=TEXTS, **given) -> Outcome:
    row = paper(arxiv_id)
    wanted = frozenset(texts or (TITLE, ABSTRACT))
    return Outcome(Asked(row.pk, arxiv_id, row.title_en, row.abstract_en, wanted), texts, **given)


def storing(run, *outcomes: Outcome, translator: Translator = TRANSLATOR) -> Stored:
    used = Tokens(1_000, 500)
    return store(run, [Answered(list(outcomes), used, Tokens(900, 600))], translator)


def test_readers_see_the_text_and_whose_it_is(run, client):
    storing(run, outcome())
    shown = paper()
    assert (shown.title_zh, shown.abstract_zh) == (TEXTS[TITLE], TEXTS[ABSTRACT])
    assert shown.zh_state == ZhState.OK
    day = TranslationAttempt.objects.get().at.astimezone().date()
    assert shown.card["machine"][TITLE][0] == "lamp-7b"
    assert abs((day - day.fromisoformat(shown.card["machine"][TITLE][1])).days) <= 1
    assert TEXTS[TITLE] in client.get(f"/papers/{NONE}/?lang=zh").content.decode()


def test_the_text_has_its_run(run):
    storing(run, outcome())
    text = Translation.objects.get(field=TITLE, source__model="lamp-7b")
    assert (text.attempt.run, text.attempt.state, text.faults) == (run, "accepted", [])
    assert text.attempt.fields == "title,abstract"
    assert text.source.name == "translator:lamp-7b"


def test_the_run_counts_what_it_took(run):
    storing(run, outcome(), outcome(cast.EXPLAINED, {TITLE: "作为世界模型的茶壶"}))
    run.refresh_from_db()
    assert (run.papers, run.titles, run.abstracts, run.refused) == (2, 2, 1, 0)
    assert (run.tokens_in, run.tokens_out, run.guessed_in, run.guessed_out) == (1000, 500, 900, 600)
    assert run.cost == pytest.approx(0.002)
    assert sum(one.cost for one in TranslationAttempt.objects.all()) == pytest.approx(0.002)


def test_what_was_refused_is_kept_with_its_reasons(run):
    refused = outcome(texts={}, reasons=("abstract: strayed",), answer="鱼", tries=2)
    stored = storing(run, refused)
    assert (stored.papers, stored.refused) == (0, [refused])
    attempt = TranslationAttempt.objects.get()
    assert (attempt.state, attempt.reasons, attempt.answer, attempt.tries) == (
        *("refused", ["abstract: strayed"], "鱼", 2),
    )
    assert paper().zh_state == ZhState.MISSING


def test_what_a_curator_asked_for_becomes_the_attempt(run, curator):
    ask_again([paper().pk], curator, cost=0.5)
    storing(run, outcome())
    attempt = TranslationAttempt.objects.get()
    assert (attempt.by, attempt.run, attempt.state) == (curator, run, "accepted")
    assert attempt.cost == pytest.approx(0.002)


# --- Who comes first


def test_a_faulty_text_of_a_publisher_gives_way(run):
    storing(run, outcome(cast.EXPLAINED, {TITLE: "茶壶即世界模型"}))
    assert paper(cast.EXPLAINED).title_zh == "茶壶即世界模型"
    assert "abstract" not in paper(cast.EXPLAINED).card["machine"]


def test_a_sound_text_of_a_publisher_comes_first(run):
    before = paper(cast.KITE)
    storing(run, outcome(cast.KITE))
    after = paper(cast.KITE)
    assert (after.title_zh, after.card) == (before.title_zh, before.card)
    assert after.modified == before.modified


def test_unless_the_operator_says_otherwise(run):
    first = Translator(TRANSLATOR.url, "lamp-7b", first=True)
    storing(run, outcome(cast.KITE), translator=first)
    assert paper(cast.KITE).title_zh == TEXTS[TITLE]
    assert Source.objects.get(model="lamp-7b").rank == FIRST


def test_the_operator_may_say_so_later(run):
    storing(run, outcome(cast.KITE))
    rank_as_set(Translator(TRANSLATOR.url, "lamp-7b", first=True))
    assert paper(cast.KITE).title_zh == TEXTS[TITLE]
    rank_as_set(TRANSLATOR)
    assert paper(cast.KITE).title_zh == "浅网络上空的风筝"


def test_a_rank_that_somebody_gave_stays(run):
    storing(run, outcome(cast.KITE))
    curation.rank_source(Source.objects.get(model="lamp-7b"), 50)
    assert paper(cast.KITE).title_zh == TEXTS[TITLE]
    rank_as_set(TRANSLATOR)
    assert Source.objects.get(model="lamp-7b").rank == 50


def test_a_publisher_that_comes_later_comes_first(run, tmp_path):
    storing(run, outcome())
    file = tmp_path / "late/30-Jan-2025/AI/README.md"
    file.parent.mkdir(parents=True)
    row = paper()
    file.write_text(
        record_text(NONE, row.title_en, "以耳数云", ["Hana Sample"], row.abstract_en), "utf-8"
    )
    run_import([str(file)], Options())
    assert paper().title_zh == "以耳数云"
    assert "machine" not in paper().card


def test_what_a_curator_wrote_stays(run, curator):
    curation.edit(paper(), "title_zh", "侧耳数云", curator)
    storing(run, outcome())
    assert (paper().title_zh, paper().abstract_zh) == ("侧耳数云", TEXTS[ABSTRACT])
    assert list(paper().card["machine"]) == [ABSTRACT]


# --- Again, and back


def test_a_newer_text_of_the_model_takes_the_place_of_the_older(run):
    storing(run, outcome())
    storing(run, outcome(texts={TITLE: "听声数云"}))
    assert paper().title_zh == "听声数云"
    assert paper().abstract_zh == TEXTS[ABSTRACT]
    older = Translation.objects.get(text=TEXTS[TITLE])
    assert (older.attempt, older.chosen) == (None, False)


def test_the_same_text_again_is_one_row(run):
    storing(run, outcome())
    storing(run, outcome())
    assert Translation.objects.filter(source__model="lamp-7b").count() == 2
    assert paper().title_zh == TEXTS[TITLE]


def test_a_text_that_a_curator_picked_stays(run, curator):
    storing(run, outcome())
    curation.pick(paper(), Translation.objects.get(text=TEXTS[TITLE]), curator)
    storing(run, outcome(texts={TITLE: "听声数云"}))
    assert paper().title_zh == TEXTS[TITLE]
    assert TITLE in paper().card["machine"]


def test_removing_the_source_takes_all_of_it_back(run):
    before = canonical_dump()
    storing(run, outcome(), outcome(cast.EXPLAINED, {TITLE: "茶壶即世界模型"}), outcome(cast.KITE))
    assert paper().zh_state == ZhState.OK
    remove_source(Source.objects.get(model="lamp-7b"))
    after = canonical_dump()
    attempts = after.pop("TranslationAttempt"), after.pop("TranslationRun")
    before.update(TranslationAttempt=[], TranslationRun=before["TranslationRun"])
    del before["TranslationAttempt"], before["TranslationRun"]
    assert after == before
    assert [len(rows) for rows in attempts] == [3, 1]


# --- What changed meanwhile


def test_a_paper_that_is_gone_is_left(run):
    gone = outcome()
    remove_source(Source.objects.get(name=cast.LANTERN))
    assert storing(run, gone).papers == 0


def test_a_paper_with_another_english_is_left(run, curator):
    late = outcome()
    curation.edit(paper(), "abstract_en", "We count clouds by eye.", curator)
    assert storing(run, late).papers == 0
    assert paper().zh_state == ZhState.MISSING


# --- Subscribers


def test_in_feeds_the_entry_is_updated_and_not_new(run, client):
    def entry() -> dict:
        feed = json.loads(client.get(f"/papers/feed.json?id={NONE}").content)
        (item,) = feed["items"]
        return item

    # Feeds say when an entry changed to the second.
    Paper.objects.update(modified=timezone.now() - datetime.timedelta(minutes=1))
    before = entry()
    storing(run, outcome())
    after = entry()
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])
    assert after["date_modified"] > before["date_modified"]
    assert TEXTS[ABSTRACT] in json.dumps(after, ensure_ascii=False)


def test_it_is_found_by_its_chinese(run, client):
    storing(run, outcome())
    assert NONE in client.get("/papers/?q=用耳朵数云").content.decode()
