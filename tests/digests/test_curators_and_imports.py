"""Whatever imports and curators do in turn, no import undoes what a curator decided."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers import curation
from papers.digests.removal import remove_source
from papers.models import FieldLock, Paper, Source
from tests.digests.conftest import LAMP, RAG, Dump, canonical_dump, importing
from tests.support import record_text

SEQUENCES = int(os.environ.get("CURATION_SEQUENCES", "150"))

FIELDS = st.sampled_from(FieldLock.Field.values)
issues = st.tuples(
    st.just("issue"),
    st.sampled_from(["lamps", "shades"]),
    st.sampled_from(["2025-01-29", "2025-01-30"]),
    st.fixed_dictionaries(
        {
            "title": st.sampled_from(["Lamps", "Lamps, Revised"]),
            "title_zh": st.sampled_from(["", "灯", "灯笼\n\n解释：灯笼是灯。", "Lamps"]),
            "abstract_zh": st.sampled_from(["", "我们点灯。", "我们点亮许多灯。"]),
            "authors": st.sampled_from([["Ada Example"], ["Bo Muster", "ADA EXAMPLE"]]),
        }
    ),
)
removals = st.tuples(st.just("remove"), st.sampled_from(["lamps", "shades"]))
edits = st.tuples(st.just("edit"), FIELDS, st.sampled_from(["编辑的话", "Lamps", "Edited"]))
releases = st.tuples(st.just("release"), FIELDS)
hidings = st.tuples(st.just("hide"), st.booleans())
steps = st.lists(issues | issues | removals | edits | releases | hidings, min_size=2, max_size=9)


class Story:
    """Plays steps, and remembers what the curator decided of the one paper."""

    def __init__(self, folder: Path, curator: User) -> None:
        self.folder, self.curator = folder, curator
        self.decided: dict[str, str | bool] = {}

    def play(self, step: tuple) -> None:
        kind, *details = step
        paper = Paper.objects.filter(arxiv_id=LAMP).first()
        if kind in {"issue", "remove"}:
            getattr(self, kind)(*details)
        elif paper:
            getattr(self, kind)(paper, *details)
        if not Paper.objects.filter(arxiv_id=LAMP).exists():
            self.decided.clear()  # the last digest that held the paper was removed

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
        curation.release(paper, field)
        self.decided.pop(field, None)

    def hide(self, paper: Paper, hidden: bool) -> None:
        curation.set_hidden(paper, hidden)
        self.decided["hidden"] = hidden

    def check(self) -> None:
        for name, value in self.decided.items():
            assert getattr(Paper.objects.get(arxiv_id=LAMP), name) == value

    def take_all_back(self) -> None:
        for paper in Paper.objects.all():
            for field in FieldLock.Field.values:
                curation.release(paper, field)
            curation.set_hidden(paper, hidden=False)


def left_by(folder: Path, played: list[tuple], curator: User, take_back: bool) -> Dump:
    """What the database holds at the end; nothing of it stays."""
    with transaction.atomic():
        story = Story(folder, curator)
        for step in played:
            story.play(step)
            story.check()
        if take_back:
            story.take_all_back()
        dump = canonical_dump()
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
