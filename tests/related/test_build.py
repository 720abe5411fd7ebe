"""``build_related``: every paper gets its neighbours, and readers never see a gap."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from papers import curation
from papers.db import data_version
from papers.importing.removal import remove_digests, remove_source
from papers.models import Digest, Paper, PaperWords, Related, Source, Vocabulary
from papers.related import build
from papers.related.build import relate_all_papers
from papers.related.stored import NEIGHBOURS
from papers.related.update import relate_new_papers
from tests.related.conftest import PAPERS, family, import_day, near, records_of, text_of
from tests.support import record_text

KITE, OTHER_KITE, TEAPOT = "2501.98000", "2501.98001", "2501.98100"
pytestmark = pytest.mark.usefixtures("families")


def all_rows() -> set[tuple[str, str, int]]:
    return set(Related.objects.values_list("paper__arxiv_id", "other__arxiv_id", "score"))


def built() -> str:
    out = StringIO()
    call_command("build_related", stdout=out)
    return out.getvalue()


def test_a_paper_is_near_its_own_family():
    assert built() == "Papers compared: 36.\n"
    for arxiv_id in PAPERS:
        neighbours = near(arxiv_id)
        assert len(neighbours) == NEIGHBOURS
        assert {family(one) for one in neighbours} == {family(arxiv_id)}


def test_building_again_changes_no_row():
    built()
    rows = all_rows()
    built()
    assert all_rows() == rows


def test_the_order_of_imports_does_not_matter(tmp_path):
    built()
    rows = all_rows()
    remove_source(Source.objects.get())
    assert not Paper.objects.exists()
    for day, ids in (("2025-01-27", sorted(PAPERS)[20:]), ("2025-01-28", sorted(PAPERS)[:20])):
        import_day(tmp_path / "again", day, records_of(reversed(ids)))
    built()
    assert all_rows() == rows


def test_a_new_paper_finds_its_family_and_joins_its_lists(tmp_path):
    built()
    new = "2501.98050"
    text = record_text(arxiv_id=new, **text_of("kite", 6))
    import_day(tmp_path / "new", "2025-01-29", text)
    assert relate_new_papers() == 1
    assert {family(one) for one in near(new)} == {"kite"}
    assert near(new)[:2] == ["2501.98006", KITE]  # which have the same words
    assert near(KITE)[0] == new
    assert all(len(near(one)) <= NEIGHBOURS for one in PAPERS)
    assert relate_new_papers() == 0


def test_papers_added_one_by_one_end_up_as_those_compared_together(tmp_path):
    ids = sorted(PAPERS)
    remove_source(Source.objects.get())
    import_day(tmp_path / "first", "2025-01-27", records_of(ids[3:]))
    relate_all_papers()
    for number, one in enumerate(ids[:3]):
        import_day(tmp_path / f"new{number}", f"2025-01-2{number + 3}", records_of([one]))
        assert relate_new_papers() == 1
    for arxiv_id in ids:
        assert {family(one) for one in near(arxiv_id)} == {family(arxiv_id)}


def test_new_papers_are_compared_with_one_another(tmp_path):
    built()
    twins = ["2501.98060", "2501.98061"]
    records = [record_text(arxiv_id=one, **text_of("kite", 7)) for one in twins]
    import_day(tmp_path / "new", "2025-01-29", "\n".join(records))
    assert relate_new_papers() == 2
    assert near(twins[0])[0] == twins[1]
    assert near(twins[1])[0] == twins[0]


def test_where_nothing_was_compared_yet_all_papers_are():
    assert relate_new_papers() == 36
    assert Vocabulary.objects.get().papers == 36


def test_all_papers_are_compared_when_they_have_grown_by_a_tenth(tmp_path):
    built()
    ids = [f"2501.9807{number}" for number in range(4)]
    records = [record_text(arxiv_id=one, **text_of("anchor", 1)) for one in ids]
    import_day(tmp_path / "new", "2025-01-29", "\n".join(records))
    assert relate_new_papers() == 40
    assert Vocabulary.objects.get().papers == 40


def test_a_paper_whose_text_changed_is_compared_again(admin_user):
    built()
    paper = Paper.objects.get(arxiv_id=TEAPOT)
    text = text_of("kite", 1)
    curation.edit(paper, "title_en", text["title"], by=admin_user)
    curation.edit(paper, "abstract_en", text["abstract"], by=admin_user)
    assert {family(one) for one in near(TEAPOT)} == {"teapot"}  # until then
    assert relate_new_papers() == 1
    assert {family(one) for one in near(TEAPOT)} == {"kite"}
    assert OTHER_KITE in near(TEAPOT)[:2]  # two have these words
    teapots = [one for one in PAPERS if family(one) == "teapot" and one != TEAPOT]
    assert not any(TEAPOT in near(one) for one in teapots)


def test_chinese_of_a_curator_asks_for_no_comparison(admin_user):
    built()
    curation.edit(Paper.objects.get(arxiv_id=KITE), "title_zh", "风筝", by=admin_user)
    assert relate_new_papers() == 0


def test_a_removed_paper_takes_its_rows_along(tmp_path):
    import_day(tmp_path / "new", "2025-01-29", record_text("2501.98050", **text_of("kite", 6)))
    built()
    assert near(KITE)[0] == "2501.98050"
    remove_digests(Digest.objects.filter(date="2025-01-29"))
    assert "2501.98050" not in near(KITE)
    assert PaperWords.objects.count() == Paper.objects.count() == 36


def test_papers_that_go_or_change_during_the_build_leave_nothing_wrong(admin_user):
    def meanwhile(steps, description):
        if description == "Comparing":
            Paper.objects.get(arxiv_id=KITE).delete()
            paper = Paper.objects.get(arxiv_id=TEAPOT)
            curation.edit(paper, "abstract_en", "A new abstract.", by=admin_user)
        return steps

    assert relate_all_papers(meanwhile) == 36
    assert not any(KITE in row for row in all_rows())
    waiting = Paper.objects.filter(words=None)
    assert [one.arxiv_id for one in waiting] == [TEAPOT]


def test_a_build_that_dies_leaves_the_rows_that_there_were(monkeypatch):
    built()
    rows, version = all_rows(), data_version.current()

    def dies(rows) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(build, "insert_related", dies)
    with pytest.raises(CommandError, match="no space left on device. The related papers found"):
        call_command("build_related")
    assert (all_rows(), data_version.current()) == (rows, version)
