"""Stored counts of authors and topics equal a fresh count."""

import pytest
from django.contrib.auth.models import AnonymousUser

from papers import curation
from papers.importing.removal import remove_digests
from papers.importing.run import Options, run_import
from papers.lists.counts import recount_authors, recount_topics
from papers.models import Author, Digest, Paper, Topic
from tests import cast
from tests.support import record_text

pytestmark = pytest.mark.django_db


def kept() -> dict[str, int]:
    return dict(Author.objects.values_list("key", "paper_count")) | dict(
        Topic.objects.values_list("slug", "paper_count")
    )


def counted() -> dict[str, int]:
    """The same by going through the papers one by one."""
    numbers = dict.fromkeys(kept(), 0)
    for paper in Paper.objects.filter(hidden=False):
        authors = set(paper.authorships.values_list("author__key", flat=True))
        topics = set(paper.topic_links.values_list("topic__slug", flat=True))
        for name in authors | topics:
            numbers[name] += 1
    return numbers


def import_it(folder) -> None:
    run_import([str(folder)], Options())


def test_after_an_import(small_site):
    assert kept() == counted()
    topics = dict(Topic.objects.values_list("slug", "paper_count"))
    expected = {"cs-ai": 3, "cs-cl": 2, "cs-ro": 2, "multimodal": 3, "rag": 1, "ro": 4}
    assert topics == expected
    assert Author.objects.get(name="Bo Muster").paper_count == 3


def test_an_author_who_is_printed_twice_on_a_paper_has_one_paper(db, tmp_path):
    folder = tmp_path / "daily" / "2025-01-29" / "AI"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(record_text(authors=["Yi Ma", "Bo Muster", "YI MA"]), "utf-8")
    import_it(tmp_path)
    assert Author.objects.get(name="Yi Ma").paper_count == 1


def test_a_hidden_paper_counts_for_nobody_and_a_shown_one_again(small_site):
    before = kept()
    anchor = Paper.objects.get(arxiv_id=cast.ANCHOR)
    curation.hide([anchor], "not ours", AnonymousUser())
    assert kept() == counted()
    assert kept()["ro"] == before["ro"] - 1
    curation.unhide([anchor], AnonymousUser())
    assert kept() == before


def test_a_hidden_paper_counts_for_nobody_after_new_digests(small_site):
    curation.hide(Paper.objects.filter(arxiv_id=cast.ANCHOR), "not ours", AnonymousUser())
    category = small_site / cast.HARBOUR / "28-Jan-2025/RO/README.md"
    for records in ([cast.RECORDS[cast.BUOY]], [cast.RECORDS[cast.ANCHOR], cast.LAMP_AGAIN]):
        category.write_text("".join(records), "utf-8")
        import_it(small_site)
        assert kept() == counted()
        assert Paper.objects.get(arxiv_id=cast.ANCHOR).hidden


@pytest.mark.parametrize("day", ["2025-01-27", "2025-01-28", "2025-01-29"])
def test_after_a_removal(small_site, day):
    remove_digests(Digest.objects.filter(date=day))
    assert kept() == counted()


def test_a_wrong_number_is_put_right(small_site):
    right = kept()
    Author.objects.update(paper_count=99)
    Topic.objects.update(paper_count=99)
    recount_authors(Author.objects.values_list("pk", flat=True))
    recount_topics(Topic.objects.values_list("pk", flat=True))
    assert kept() == right
