"""Undoing an import: the result is the same as without the import."""

import pytest

from papers import curation
from papers.importing.removal import remove_digests, remove_source
from papers.models import Author, Digest, FieldLock, Paper, Source, Topic
from tests import cast
from tests.importing.conftest import canonical_dump, importing, left_by

pytestmark = pytest.mark.django_db

DIGESTS = [place for place, records in cast.DIGESTS.items() if records]


def digest_of(place: str):
    """The digest that was read from this place of the cast."""
    return Digest.objects.filter(file__endswith=place)


def import_all_but(folder, *, places=(), source="") -> None:
    kept = [place for place in cast.DIGESTS if place not in places]
    importing(*(folder / place for place in kept if not source or not place.startswith(source)))


@pytest.mark.parametrize("place", cast.DIGESTS)
def test_a_removed_digest_leaves_what_there_would_be_without_it(cast_folder, place):
    without = left_by(lambda: import_all_but(cast_folder, places=[place]))
    importing(cast_folder)
    assert canonical_dump() != without
    removal = remove_digests(digest_of(place))
    assert canonical_dump() == without
    assert removal.digests == 1


@pytest.mark.parametrize("source", [cast.LANTERN, cast.HARBOUR])
def test_a_removed_source_leaves_what_there_would_be_without_it(cast_folder, source):
    without = left_by(lambda: import_all_but(cast_folder, source=source))
    importing(cast_folder)
    remove_source(Source.objects.get(name=source))
    assert canonical_dump() == without


def test_removing_all_sources_leaves_nothing(small_site):
    for source in Source.objects.all():
        remove_source(source)
    assert set(map(len, canonical_dump().values())) == {0}


def test_it_says_how_many_papers_went_and_stayed(small_site):
    removal = remove_source(Source.objects.get(name=cast.HARBOUR))
    assert (removal.digests, removal.papers_removed, removal.papers_kept) == (3, 3, 1)
    assert not Paper.objects.filter(arxiv_id__in=[cast.ANCHOR, cast.BUOY, cast.WINCH]).exists()


def test_authors_and_topics_go_with_their_last_paper(small_site):
    assert Author.objects.filter(name="Fu Man-Made").exists()
    remove_source(Source.objects.get(name=cast.HARBOUR))
    assert not Author.objects.filter(name="Fu Man-Made").exists()
    assert Author.objects.get(name="Bo Muster").paper_count == 2
    assert not Topic.objects.filter(slug__in=["ro", "cs-ro"]).exists()


def test_merged_topics_go_together(small_site):
    """The one before what it was merged into, which the database would refuse the other way."""
    ro, rag = (Topic.objects.get(slug=slug) for slug in ("ro", "rag"))
    curation.merge_topic(ro, rag)
    remove_digests(Digest.objects.filter(topic__in=[ro, rag]))
    assert not Topic.objects.filter(pk__in=[ro.pk, rag.pk]).exists()


def test_a_topic_stays_while_another_one_that_stays_is_merged_into_it(small_site):
    rag = Topic.objects.get(slug="rag")
    curation.merge_topic(Topic.objects.create(slug="quiet", kind=rag.kind), rag)
    remove_digests(Digest.objects.filter(topic=rag))
    assert Topic.objects.get(slug="quiet").merged_into == rag


@pytest.mark.parametrize("place", DIGESTS)
def test_a_digest_that_is_imported_again_is_as_before(small_site, place):
    before = canonical_dump()
    remove_digests(digest_of(place))
    assert canonical_dump() != before
    importing(small_site / place)
    assert canonical_dump() == before


def test_curators_work_on_papers_that_stay_is_kept(small_site, admin_user):
    lamp = Paper.objects.get(arxiv_id=cast.LAMP)
    curation.edit(lamp, "title_en", "Lamps, Edited", admin_user)
    curation.edit(lamp, "abstract_zh", "编辑的话", admin_user)
    curation.hide([lamp], "not ours", admin_user)
    remove_source(Source.objects.get(name=cast.LANTERN))
    lamp.refresh_from_db()
    assert (lamp.title_en, lamp.abstract_zh, lamp.hidden) == ("Lamps, Edited", "编辑的话", True)
    assert FieldLock.objects.filter(paper=lamp).count() == 2
    curation.release(lamp, "title_en", admin_user)
    lamp.refresh_from_db()
    assert lamp.title_en == "Lamps for Dark Corpora, Revised"


def test_a_removal_that_breaks_removes_nothing(small_site, monkeypatch):
    def broken(papers):
        raise RuntimeError

    before = canonical_dump()
    monkeypatch.setattr("papers.importing.removal.reconcile", broken)
    with pytest.raises(RuntimeError):
        remove_source(Source.objects.get(name=cast.HARBOUR))
    assert canonical_dump() == before
