"""Author names: the printed list, and the key of the person."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.text.author_names import author_key, normalised, split_authors

LETTERS = st.text("abcXYZéß马毅 .-'’", min_size=1, max_size=12)
PLAIN_NAMES = st.text("abcdefgXYZé马", min_size=5, max_size=9)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ada Example, Bo Muster", ("Ada Example", "Bo Muster")),
        ("Ada Example", ("Ada Example",)),
        ("", ()),
        (" , ,, ", ()),
        ("Ada  Example ,\tBo\nMuster,", ("Ada Example", "Bo Muster")),
        ("A. Roe, Jr., B. Noe", ("A. Roe, Jr.", "B. Noe")),
        ("A. Roe, III, B. Noe, Ph.D.", ("A. Roe, III", "B. Noe, Ph.D.")),
        ("Jr., B. Noe", ("Jr.", "B. Noe")),
        ("Roe, John, III", ("Roe, John, III",)),
        ("A. Roe, Roe, John, III, B. Noe", ("A. Roe", "Roe, John, III", "B. Noe")),
        ("Ada Example, John Roe, III", ("Ada Example", "John Roe, III")),
        ("Ada Example, and Bo Muster", ("Ada Example", "Bo Muster")),
        ("and roid, And Y. Man", ("and roid", "And Y. Man")),
        ("Ada Example^{1,2}, Bo Muster$^3$, Cy Noe*†", ("Ada Example", "Bo Muster", "Cy Noe")),
        ("Ada Example1, 2, Bo Muster2, Cy Noe", ("Ada Example", "Bo Muster", "Cy Noe")),
        (r"Jos{\'e} M{\"u}ller, {\L}ukasz \v{C}ech", ("José Müller", "Łukasz Čech")),
        ("Team Lantern3, Bo Muster", ("Team Lantern3", "Bo Muster")),
        (
            "Tengzhou No. 1 School, GLM4, o3 contributors",
            ("Tengzhou No. 1 School", "GLM4", "o3 contributors"),
        ),
        ("Bo Li (MIT, CSAIL), A. Roe", ("Bo Li (MIT, CSAIL)", "A. Roe")),
        ("Bo Li（甲校, 乙院）, A. Roe", ("Bo Li（甲校, 乙院）", "A. Roe")),
        ("Bo Li (A (b, c), d), A. Roe", ("Bo Li (A (b, c), d)", "A. Roe")),
        ("Bo Li), A. Roe", ("Bo Li)", "A. Roe")),
        ("Lantern AI, No. 1 Middle School, Ji", ("Lantern AI", "No. 1 Middle School", "Ji")),
    ],
)
def test_a_line_of_authors_is_divided_into_names_as_printed(line, names):
    assert split_authors(line) == names


def test_a_parenthesis_never_closed_does_not_swallow_the_names_behind_it():
    assert split_authors("Bo Li (MIT, A. Roe, C. Noe")[-1] == "C. Noe"


@given(st.lists(PLAIN_NAMES, max_size=12))
def test_names_keep_their_order(names):
    assert split_authors(", ".join(names)) == tuple(names)


@given(st.text())
def test_no_line_gives_an_empty_name(line):
    assert all(name.strip() == name != "" for name in split_authors(line))


@pytest.mark.parametrize(
    ("name", "key"),
    [("Yi Ma", "yi-ma-38efe6"), ("José Müller", "jose-muller-52aa6b"), ("马毅", "ad83ed")],
)
def test_the_key_of_an_author_is_the_same_in_every_database_for_ever(name, key):
    assert author_key(name) == key


@pytest.mark.parametrize(
    "printed", ["Yi Ma", "yi ma", " YI   MA ", "Yi\u00a0Ma", "Ｙｉ Ｍａ", "Yi\tMa"]
)
def test_case_width_and_spaces_make_no_other_author(printed):
    assert author_key(printed) == author_key("Yi Ma")


def test_accents_and_points_do():
    keys = {author_key(name) for name in ("Yi Ma", "Yí Ma", "Y. Ma", "Yi-Ma", "YiMa")}
    assert len(keys) == 5


def test_composed_and_decomposed_letters_are_the_same():
    assert author_key("Jose\u0301 Mu\u0308ller") == author_key("José Müller")


@given(LETTERS)
def test_the_key_depends_on_nothing_but_the_normalised_name(name):
    assert author_key(name) == author_key(normalised(name)) == author_key(f"  {name.upper()} ")


@given(st.text(min_size=1))
def test_a_key_can_stand_in_an_address(name):
    assert re.fullmatch(r"(?:[a-z0-9_][a-z0-9_-]{0,79}-)?[0-9a-f]{6}", author_key(name))
