"""Digests that rewrite the papers of another source are reported and held back."""

import datetime
import os
import random
from itertools import permutations

import pytest
from django.core.management import call_command
from django.urls import reverse

from papers import curation
from papers.importing.removal import remove_source
from papers.models import Digest, Paper, Source
from tests.admin.conftest import signed_in  # noqa: F401 (a fixture)
from tests.importing.conftest import all_rows, canonical_dump, importing, left_by
from tests.support import record_text

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2025, 1, 29)
OWN = "Lamps for Dark Corpora"


def records(number: int, first: int = 0, **said) -> list[str]:
    return [record_text(f"2501.98{one:03}", **said) for one in range(first, first + number)]


@pytest.fixture
def honest(digest) -> str:
    return digest(*records(20))


@pytest.fixture
def forged(digest) -> str:
    """Of the day after, and otherwise in both languages."""
    said = {
        "title": "Forged",
        "title_zh": "伪造的题目",
        "abstract_zh": "伪造的摘要讲的是别处的灯笼，与原文的题目并不相干。",
    }
    return digest(*records(20, **said), source="stranger", day="2025-01-30")


def shown() -> tuple[set[str], set[str]]:
    papers = Paper.objects.all()
    titles = {paper.title_en for paper in papers}
    return titles, {paper.title_zh for paper in papers}


def codes(report) -> list[str]:
    return [problem.code for _, problem in report.problems]


def test_a_digest_that_rewrites_another_source_is_reported_and_wins_nothing(honest, forged, client):
    importing(honest, today=TODAY)
    report = importing(forged, today=TODAY)
    assert codes(report) == ["held-back"]
    ((file, problem),) = report.problems
    assert file == forged
    assert "differs from another source: 20." in problem.message
    assert shown() == ({OWN}, {"照亮暗处语料的灯"})
    digest = Digest.objects.get(source__name="stranger")
    assert (digest.held, digest.changed_count) == (True, 20)
    assert digest.appearances.filter(title_given="Forged").count() == 20
    assert digest.translations.filter(text="伪造的题目").count() == 20
    assert "29" in client.get("/").content.decode().partition("<h1")[2].partition("</h1>")[0]


def test_it_does_not_matter_which_of_the_two_comes_first(honest, forged):
    one, other = (
        left_by(*[lambda p=p: importing(p) for p in o]) for o in permutations([honest, forged])
    )
    assert one == other


def test_it_does_not_matter_whether_one_transaction_has_both(honest, forged):
    apart = left_by(lambda: importing(honest), lambda: importing(forged))
    together = left_by(lambda: importing(honest, forged))
    assert together == apart
    assert [one["held"] for one in together["Digest"]].count(True) == 1


def test_that_a_digest_is_held_back_is_said_when_the_other_comes_later(honest, forged):
    assert codes(importing(forged)) == []
    report = importing(honest)
    assert [(file, problem.code) for file, problem in report.problems] == [(forged, "held-back")]
    assert shown()[0] == {OWN}


def test_a_few_changes_are_reported_and_shown(honest, digest):
    importing(honest)
    report = importing(digest(*records(10, title="Revised"), source="shades", day="2025-01-30"))
    assert codes(report) == ["changes-others"]
    assert shown()[0] == {OWN, "Revised"}


def test_a_tenth_of_a_large_digest_is_few(digest):
    importing(digest(*records(11)))
    large = [*records(11, title="Revised"), *records(99, first=100)]
    assert codes(importing(digest(*large, source="shades"))) == ["changes-others"]
    large.pop()
    assert codes(importing(digest(*large, source="shades"))) == ["held-back"]


def test_a_source_may_change_its_own_papers(honest, digest):
    importing(honest)
    assert codes(importing(digest(*records(20, title="Revised"), day="2025-01-30"))) == []
    assert shown()[0] == {"Revised"}


def test_papers_that_a_held_digest_alone_gives_are_there(honest, digest):
    both = [*records(20, title="Forged"), record_text("2501.98777", title="Alone")]
    importing(honest, digest(*both, source="stranger", day="2025-01-30"))
    paper = Paper.objects.get(arxiv_id="2501.98777")
    assert (paper.title_en, paper.title_zh) == ("Alone", "照亮暗处语料的灯")


def test_importing_it_again_changes_nothing_and_says_it_again(honest, forged):
    importing(honest, forged)
    before = canonical_dump()
    assert codes(importing(honest, forged)) == ["held-back"]
    assert canonical_dump() == before


def test_the_operator_accepts_it_with_an_option(honest, forged):
    importing(honest, forged)
    assert codes(importing(forged, accept_changes=True)) == []
    assert shown() == ({"Forged"}, {"伪造的题目"})
    before = all_rows()
    assert codes(importing(honest, forged)) == []
    assert all_rows() == before


def test_a_curator_accepts_it_and_takes_that_back(honest, forged, signed_in):  # noqa: F811
    importing(honest, forged)
    curator, reader = signed_in("Curator"), signed_in("Reader of the admin")
    queue = reverse("admin:papers_digest_changelist")
    assert "?held__exact=1" in curator.get("/admin/").content.decode()
    held = Digest.objects.get(held=True)
    said = {"_selected_action": [held.pk]}
    reader.post(queue, {"action": "accept", **said})
    assert shown()[0] == {OWN}
    curator.post(queue, {"action": "accept", **said})
    assert shown() == ({"Forged"}, {"伪造的题目"})
    curator.post(queue, {"action": "hold", **said})
    assert shown() == ({OWN}, {"照亮暗处语料的灯"})


def test_what_was_accepted_is_this_content_and_no_other(honest, forged, digest):
    importing(honest, forged, accept_changes=True)
    worse = digest(*records(20, title="Worse"), source="stranger", day="2025-01-30")
    assert codes(importing(worse)) == ["held-back"]
    assert shown()[0] == {OWN}


def test_a_newcomer_with_an_earlier_day_is_held_back_by_a_known_source(digest):
    days = [digest(day=f"2025-01-{day:02}") for day in range(10, 19)]
    early = digest(*records(20, title="Forged"), source="stranger", day="2025-01-02")
    importing(early, *days)
    importing(digest(*records(20)))  # its tenth digest
    assert Digest.objects.get(source__name="stranger").held
    assert shown()[0] == {OWN}


def test_where_the_other_source_goes_nothing_is_held_back(honest, forged):
    importing(honest, forged)
    remove_source(Source.objects.get(name="lamps"))
    assert not Digest.objects.filter(held=True).exists()
    assert shown()[0] == {"Forged"}


@pytest.mark.parametrize("seed", range(10 if os.environ.get("FAULTS") == "1" else 1))
def test_any_order_of_import_leaves_the_same(digest, seed):
    chance = random.Random(seed)
    titles = [OWN, "Forged", "Revised", "Worse", "Other"]
    paths = [
        digest(
            *(
                record_text(f"2501.98{one:03}", title=chance.choice(titles))
                for one in chance.sample(range(24), 20)
            ),
            source=source,
            day=f"2025-01-{day}",
        )
        for source in ("lamps", "shades", "stranger")
        for day in ("28", "29")
    ]
    orders = [paths, paths[::-1], chance.sample(paths, len(paths))]
    dumps = [left_by(*[lambda p=p: importing(p) for p in order]) for order in orders]
    assert left_by(lambda: importing(*paths)) == dumps[0]
    assert any(one["held"] for one in dumps[0]["Digest"])
    assert dumps[1:] == dumps[:1] * 2


# --- The rank of a source


@pytest.fixture
def two_sources(digest) -> list[str]:
    return [
        digest(record_text(title="Of lamps", title_zh="众灯之题")),
        digest(
            record_text(title="Of shades", title_zh="众影之题"), source="shades", day="2025-01-30"
        ),
    ]


def test_the_rank_of_a_source_comes_before_the_day(two_sources):
    importing(*two_sources)
    assert shown() == ({"Of shades"}, {"众影之题"})
    curation.rank_source(Source.objects.get(name="lamps"), 50)
    assert shown() == ({"Of lamps"}, {"众灯之题"})
    call_command("rank_source", "lamps", "200", verbosity=0)
    assert shown() == ({"Of shades"}, {"众影之题"})


def test_an_administrator_ranks_sources_in_the_admin(two_sources, signed_in):  # noqa: F811
    importing(*two_sources)
    address = reverse("admin:papers_source_change", args=[Source.objects.get(name="lamps").pk])
    form = {"rank": "1", "fetch_kind": "git", "weekdays": ["1"]}
    assert signed_in("Administrator").post(address, form).status_code == 302
    assert Source.objects.get(name="lamps").rank == 1
    assert shown() == ({"Of lamps"}, {"众灯之题"})


def test_fewest_faults_come_before_the_rank(digest):
    importing(
        digest(record_text(title_zh="Lamps for Dark Corpora")),
        digest(record_text(), source="shades"),
    )
    curation.rank_source(Source.objects.get(name="lamps"), 1)
    assert shown()[1] == {"照亮暗处语料的灯"}


def test_the_source_of_the_lowest_rank_is_never_held_back(honest, forged):
    importing(honest, forged)
    curation.rank_source(Source.objects.get(name="stranger"), 1)
    held = Digest.objects.filter(held=True).values_list("source__name", flat=True)
    assert list(held) == ["lamps"]
    assert shown()[0] == {"Forged"}
