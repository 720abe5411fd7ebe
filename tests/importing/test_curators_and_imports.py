"""No import undoes a curator's decision, in any order of imports and decisions."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers import curation
from papers.curation.bulk_remedies import REMEDIES, apply_remedy, proposals
from papers.curation.decision import version_before
from papers.importing.evidence import triage
from papers.importing.reconcile import judged_hash
from papers.importing.removal import remove_source
from papers.lists.author_keys import current_keys
from papers.models import (
    Author,
    AuthorAlias,
    Authorship,
    FieldLock,
    Judgement,
    Paper,
    Source,
    Topic,
    Translation,
)
from papers.text.author_names import author_key
from tests.importing.conftest import LAMP, RAG, Dump, canonical_dump, importing
from tests.support import record_text

SEQUENCES = int(os.environ.get("CURATION_SEQUENCES", "15"))

SHORT = "We light lamps and count shadows. The code is at this https URL."
LONG = "We light lamps at dusk and count all of the shadows on the wall. " * 10
MARKED = "照亮 метод 的灯*"
OPEN = "我们在黄昏时点灯，并且数墙上的影子。代码见[请填写链接]。"
LIKE_A_TITLE = "面向船只与缆绳的通用打结方法和一种新的绳索"

FIELDS = st.sampled_from(FieldLock.Field.values)
issues = st.tuples(
    st.just("issue"),
    st.sampled_from(["lamps", "shades"]),
    st.sampled_from(["2025-01-29", "2025-01-30"]),
    st.fixed_dictionaries(
        {
            "title": st.sampled_from(["Lamps", "Lamps, Revised"]),
            "abstract": st.sampled_from([SHORT, LONG]),
            "title_zh": st.sampled_from(
                [
                    "",
                    "照亮语料的灯",
                    "照亮语料的灯笼\n\n解释：灯笼是灯。",
                    "照亮 метод 的灯",
                    MARKED,
                    "Lamps",
                ]
            ),
            "abstract_zh": st.sampled_from(
                [
                    "",
                    "我们在黄昏时点灯，并且数墙上的影子。",
                    "我们点亮许多灯，并且数墙上所有的影子。",
                    OPEN,
                    LIKE_A_TITLE,
                ]
            ),
            "authors": st.sampled_from([["Ada Example"], ["Bo Muster", "ADA EXAMPLE"]]),
        }
    ),
)
removals = st.tuples(st.just("remove"), st.sampled_from(["lamps", "shades"]))
edits = st.tuples(st.just("edit"), FIELDS, st.sampled_from(["编辑的话", "Lamps", "Edited"]))
releases = st.tuples(st.just("release"), FIELDS)
hidings = st.tuples(st.just("hide"), st.booleans())
picks = st.tuples(st.just("pick"), st.sampled_from(["title", "abstract"]))
features = st.tuples(st.just("feature"), st.booleans())
notes = st.tuples(st.just("annotate"), st.sampled_from(["", "Read it.", "<b>"]))
topics = st.tuples(st.just("decide_topic"), st.sampled_from(["add", "remove", "forget"]))
judgements = st.tuples(
    st.sampled_from(["judge", "reject", "ask_again"]), st.sampled_from(["title", "abstract"])
)
remedies = st.tuples(st.just("remedy"), st.sampled_from(list(REMEDIES)))
requests = st.sampled_from([("ask_for",), ("take_back",)])
reversions = st.tuples(st.just("revert"), st.integers(0, 5))
undos = st.just(("undo",))
identities = st.tuples(st.sampled_from(["merge", "unmerge", "split", "rejoin"]))
decisions = (
    edits
    | releases
    | hidings
    | picks
    | features
    | notes
    | topics
    | judgements
    | judgements
    | remedies
    | remedies
    | requests
    | reversions
    | undos
    | identities
)
steps = st.lists(issues | issues | removals | decisions | decisions, min_size=2, max_size=12)

ADA, BO = author_key("Ada Example"), author_key("Bo Muster")
TOPIC_DECISIONS = {
    "add": curation.add_topic,
    "remove": curation.remove_topic,
    "forget": curation.forget_topic,
}


class Story:
    """Plays steps, and remembers what the curator decided of the one paper."""

    def __init__(self, folder: Path, curator: User) -> None:
        self.folder, self.curator = folder, curator
        self.decided: dict[str, str | bool] = {}
        self.topic = ""
        self.aliases: dict[str, str] = {}
        self.split_off = ""
        self.judged: list[list[str]] = []

    def play(self, step: tuple) -> None:
        kind, *details = step
        paper = Paper.objects.filter(arxiv_id=LAMP).first()
        if kind in {"issue", "remove"}:
            getattr(self, kind)(*details)
        elif paper:
            getattr(self, kind)(paper, *details)
        if not Paper.objects.filter(arxiv_id=LAMP).exists():
            # The last digest that held the paper was removed. What was decided of authors stays.
            self.decided.clear()
            self.judged = []
            self.topic = self.split_off = ""

    def issue(self, source: str, day: str, record: dict) -> None:
        path = self.folder / source / day / RAG
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record_text(LAMP, **record), "utf-8")
        importing(path)

    def remove(self, name: str) -> None:
        for source in Source.objects.filter(name=name):
            remove_source(source)

    def edit(self, paper: Paper, field: str, text: str) -> None:
        curation.edit(paper, field, text, self.curator)
        self.decided[field] = text

    def release(self, paper: Paper, field: str) -> None:
        curation.release(paper, field, self.curator)
        self.decided.pop(field, None)

    def hide(self, paper: Paper, hidden: bool) -> None:
        if hidden:
            curation.hide([paper], "not ours", self.curator)
        else:
            curation.unhide([paper], self.curator)
        self.decided["hidden"] = hidden

    def pick(self, paper: Paper, kind: str) -> None:
        if given := paper.translations.filter(field=kind).order_by("text").first():
            try:
                curation.pick(paper, given, self.curator)
            except curation.NothingToShow:
                return
            paper.refresh_from_db()
            self.decided[f"{kind}_zh"] = getattr(paper, f"{kind}_zh")

    def judge(self, paper: Paper, field: str) -> None:
        with suppress(curation.NothingToJudge):
            curation.judge_fine([paper], self.curator, curation.batch_name(), field)
        self.judged = self.judgements()

    def reject(self, paper: Paper, field: str) -> None:
        curation.reject_text([paper], field, self.curator, curation.batch_name())
        self.judged = self.judgements()

    def ask_again(self, paper: Paper, field: str) -> None:
        curation.ask_again([paper], self.curator, field=field)
        self.judged = [one for one in self.judged if one[0] != field]

    def remedy(self, paper: Paper, name: str) -> None:
        """Applies a remedy to all that it would change."""
        proposed = proposals(REMEDIES[name])
        keys = {one.key for one in proposed}
        number = apply_remedy(REMEDIES[name], keys, self.curator, curation.batch_name())
        assert number == len(proposed)
        self.judged = self.judgements()
        if name != "unfit":
            self.decided |= {f"{one.field}_zh": one.after for one in proposed}

    def ask_for(self, paper: Paper) -> None:
        curation.translate_again([paper], self.curator)

    def take_back(self, paper: Paper) -> None:
        if asked := curation.latest_requests(self.curator):
            assert curation.take_back(asked.pk, self.curator) == 1

    def undo(self, paper: Paper) -> None:
        """Takes the last judgement or remedy back, if nothing was decided since."""
        if (latest := curation.latest_to_undo(self.curator)) is not None:
            curation.undo(latest.batch, self.curator)
            self.hold(version_before(latest))

    @staticmethod
    def judgements() -> list[list[str]]:
        rows = Judgement.objects.order_by("field", "fault", "text_hash")
        return [list(row) for row in rows.values_list("field", "fault", "text_hash")]

    def feature(self, paper: Paper, featured: bool) -> None:
        if featured:
            curation.feature([paper], self.curator, order=3)
        else:
            curation.unfeature([paper], self.curator)
        self.decided["featured"] = featured

    def annotate(self, paper: Paper, note: str) -> None:
        curation.annotate([paper], note, note, self.curator)
        self.decided["note_zh"] = note

    def decide_topic(self, paper: Paper, word: str) -> None:
        TOPIC_DECISIONS[word]([paper], Topic.objects.get(slug="rag"), self.curator)
        self.topic = word

    def revert(self, paper: Paper, place: int) -> None:
        """Goes back; what holds from now on is what that version says."""
        versions = list(paper.history.order_by("history_id"))
        if place >= len(versions):
            return
        version = versions[place]
        curation.revert(version, self.curator)
        self.hold(version)

    def hold(self, version: Any) -> None:
        """Remembers what this version says as what the curator decided."""
        held = {name: getattr(version, name) for name in version.locked}
        plain = {name: getattr(version, name) for name in ("hidden", "featured", "note_zh")}
        self.decided = held | plain
        words = {"added": "add", "removed": "remove"}
        self.topic = words.get(version.topics.get("rag", ""), "forget")
        self.judged = version.judged

    def merge(self, paper: Paper) -> None:
        ada, bo = (Author.objects.filter(key=key).first() for key in (ADA, BO))
        if ada and bo:
            curation.merge_authors(bo, ada)
            self.aliases[BO] = ADA

    def unmerge(self, paper: Paper) -> None:
        if BO in self.aliases:
            curation.unmerge_author(BO)
            del self.aliases[BO]

    def split(self, paper: Paper) -> None:
        if not self.split_off and (ada := Author.objects.filter(key=ADA).first()):
            self.split_off = curation.split_author(ada, [paper])

    def rejoin(self, paper: Paper) -> None:
        if other := Author.objects.filter(key=self.split_off).first():
            curation.rejoin_author(other)
            self.aliases[self.split_off] = ADA
            self.split_off = ""

    def check(self) -> None:
        for name, value in self.decided.items():
            assert getattr(Paper.objects.get(arxiv_id=LAMP), name) == value
        for key, to_key in self.aliases.items():
            assert current_keys([key]) == {key: to_key}
            assert not Author.objects.filter(key=key).exists()
        if self.topic in {"add", "remove"}:
            there = "rag" in Paper.objects.get(arxiv_id=LAMP).card["topics"]
            assert there == (self.topic == "add")
        assert self.judgements() == self.judged
        for paper in Paper.objects.filter(arxiv_id=LAMP):
            self.check_chinese(paper, "title", paper.title_zh, paper.title_en)
            self.check_chinese(paper, "abstract", paper.abstract_zh, paper.abstract_en)
        if self.split_off:
            ours = Authorship.objects.filter(paper__arxiv_id=LAMP, name__iexact="Ada Example")
            assert {one.author.key for one in ours} <= {self.split_off}

    def check_chinese(self, paper: Paper, field: str, text: str, english: str) -> None:
        """What triage or a curator rejected is never published; what is fine is in no doubt."""
        here = {
            fault
            for kind, fault, key in self.judged
            if kind == field and key == judged_hash(text, english)
        }
        if f"{field}_zh" in self.decided or paper.locks.filter(field=f"{field}_zh").exists():
            return
        given = paper.translations.filter(field=field).values_list("text", flat=True)
        assert not text or text in {
            triage(field, one, paper.title_en, paper.abstract_en).text for one in given
        }
        assert not (text and Judgement.UNFIT in here)
        doubted = paper.doubts.filter(field=field, source__isnull=False)
        assert here.isdisjoint(doubted.values_list("fault", flat=True))

    def take_all_back(self) -> None:
        for paper in Paper.objects.all():
            curation.ask_again([paper], self.curator)
            self.take_back(paper)
            self.rejoin(paper)
            curation.unfeature([paper], self.curator)
            curation.annotate([paper], "", "", self.curator)
            for topic in Topic.objects.all():
                curation.forget_topic([paper], topic, self.curator)
        for alias in AuthorAlias.objects.all():
            curation.unmerge_author(alias.key)
        for paper in Paper.objects.all():
            for field in FieldLock.Field.values:
                curation.release(paper, field, self.curator)
            curation.unhide([paper], self.curator)


def left_by(folder: Path, played: list[tuple], curator: User, take_back: bool) -> Dump:
    """What the database holds at the end, without the queue of pairs of authors: two authors that
    were taken apart come back to it. Nothing of it stays.
    """
    with transaction.atomic():
        story = Story(folder, curator)
        for step in played:
            story.play(step)
            story.check()
        if take_back:
            story.take_all_back()
        dump = canonical_dump()
        dump.pop("AlikeAuthors")
        transaction.set_rollback(True)
    return dump


@pytest.mark.django_db
@settings(
    max_examples=SEQUENCES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(played=steps)
def test_no_import_undoes_a_curator_and_a_curator_can_take_all_back(admin_user, tmp_path, played):
    imports = [step for step in played if step[0] in {"issue", "remove"}]
    with_curator = left_by(tmp_path, played, admin_user, take_back=True)
    assert with_curator == left_by(tmp_path, imports, admin_user, take_back=False)


@pytest.mark.django_db
def test_a_text_that_is_none_cannot_be_picked(admin_user, tmp_path):
    story = Story(tmp_path, admin_user)
    story.issue("lamps", "2025-01-29", {"title": "Lamps", "title_zh": "Lamps"})
    assert Paper.objects.get().title_zh == ""
    with pytest.raises(curation.NothingToShow):
        curation.pick(Paper.objects.get(), Translation.objects.get(field="title"), admin_user)
    assert Paper.objects.get().title_zh == ""
    assert not FieldLock.objects.exists()


@pytest.mark.django_db
def test_a_name_once_spelt_well_stays_so_when_its_author_is_split_and_rejoined(
    admin_user, tmp_path
):
    story = Story(tmp_path, admin_user)
    story.issue("shades", "2025-01-29", {"authors": ["Ada Example"]})
    story.issue("lamps", "2025-01-29", {"authors": ["ADA EXAMPLE"]})
    paper = Paper.objects.get()
    for act in (story.split, story.rejoin):
        act(paper)
        assert [author.name for author in Author.objects.all()] == ["Ada Example"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("remedy", "texts"),
    [
        ("fill", {"abstract": SHORT, "abstract_zh": OPEN}),
        ("drop", {"abstract": SHORT, "abstract_zh": OPEN}),
        ("marks", {"title_zh": MARKED}),
        ("unfit", {"abstract": LONG, "abstract_zh": LIKE_A_TITLE}),
    ],
)
def test_the_texts_of_the_sequences_need_every_remedy(admin_user, tmp_path, remedy, texts):
    story = Story(tmp_path, admin_user)
    story.issue("lamps", "2025-01-29", texts)
    story.remedy(Paper.objects.get(), remedy)
    assert story.decided or story.judged
    story.undo(Paper.objects.get())
    assert not story.judged
    assert not FieldLock.objects.exists()
