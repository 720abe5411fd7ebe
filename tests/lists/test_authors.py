"""Finding authors by the words of their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.lists import authors
from papers.lists.authors import authors_named, words_of_name, write_words
from papers.models import Author, AuthorWord
from papers.text.author_names import normalised

NAMES = {
    "Qing-Long Müller": 1,
    "Ana Lía Müller": 5,
    "Ada Lovely": 4,
    "Lovely O’Ada": 9,
    "Wang Xiaoming": 3,
    "王小明": 2,
    "Nobody Published": 0,
}


@pytest.fixture
def some_authors(db):
    rows = [
        Author(key=f"someone-{number}", name=name, paper_count=papers)
        for number, (name, papers) in enumerate(NAMES.items())
    ]
    write_words((one.pk, one.name) for one in Author.objects.bulk_create(rows))


@pytest.mark.usefixtures("some_authors")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("muller", ["Ana Lía Müller", "Qing-Long Müller"]),
        ("MÜLLER", ["Ana Lía Müller", "Qing-Long Müller"]),
        ("müll qing", ["Qing-Long Müller"]),
        ("long", ["Qing-Long Müller"]),
        ("qinglong", ["Qing-Long Müller"]),
        ("qing-long", ["Qing-Long Müller"]),
        ("lia", ["Ana Lía Müller"]),
        ("ada", ["Lovely O’Ada", "Ada Lovely"]),
        ("ada lovely", ["Lovely O’Ada", "Ada Lovely"]),
        ("oada", ["Lovely O’Ada"]),
        ("xiao", ["Wang Xiaoming"]),
        ("王", ["王小明"]),
        ("ming", []),
        ("nobody", []),
        ("wang ada", []),
        ("?!", []),
        ("", []),
    ],
)
def test_every_word_typed_begins_a_word_of_the_name(typed, found):
    named = authors_named(typed)
    assert [one.name for one in named[:10]] == found
    assert len(named) == len(found)


@pytest.mark.usefixtures("some_authors")
@pytest.mark.parametrize("typed", ["muller", "ada", "ada lovely"])
def test_names_that_very_many_have_come_in_the_same_order(monkeypatch, typed):
    few = authors_named(typed)
    monkeypatch.setattr(authors, "COUNT_LIMIT", 1)  # all authors are scanned from here on
    many = authors_named(typed)
    assert many.is_more
    assert list(many[:10]) == list(few[:10])


@pytest.mark.usefixtures("some_authors")
def test_of_very_many_only_the_first_are_counted(monkeypatch, client):
    monkeypatch.setattr(authors, "COUNT_LIMIT", 1)
    page = client.get("/authors/", {"q": "muller"}).content.decode()
    assert "more than 1 name" in page
    assert "Ana Lía Müller" in page
    assert "Qing-Long" not in page
    assert "more than" not in client.get("/authors/", {"q": "oada"}).content.decode()


@pytest.mark.usefixtures("some_authors")
def test_the_words_of_an_author_go_with_the_author():
    Author.objects.get(name="Wang Xiaoming").delete()
    assert not authors_named("xiaoming")
    assert not AuthorWord.objects.filter(word="wang").exists()


@given(st.text(max_size=60))
def test_every_spelling_of_a_name_has_the_same_words(name):
    assert words_of_name(name) >= words_of_name(name.split(" ")[0])
    assert words_of_name(" ".join(name.split())) == words_of_name(name)
    if normalised(name) == normalised(name.upper()):
        assert words_of_name(name) == words_of_name(name.upper())


def test_an_imported_author_is_found_by_a_word_in_the_middle(small_site, client):
    author = Author.objects.published().first()
    first, *rest = author.name.split()
    page = client.get("/authors/", {"q": f"{rest[-1]} {first[:2]}"}).content.decode()
    assert author.name in page
