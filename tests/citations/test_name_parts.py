"""Printed names split into their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.citations.name_parts import Name, split_name


@pytest.mark.parametrize(
    ("printed", "in_order"),
    [
        ("Yi Ma", "Ma, Yi"),
        ("Tianzhe  Chu", "Chu, Tianzhe"),
        ("Ada B. Example", "Example, Ada B."),
        ("Bo, Muster", "Muster, Bo"),
        ("Laurens van der Maaten", "van der Maaten, Laurens"),
        ("Ana de la Cruz", "de la Cruz, Ana"),
        ("Ada B. von Lampe", "von Lampe, Ada B."),
        ("da Silva", "da Silva"),
        ("D. Dummy, Jr.", "Dummy, D., Jr."),
        ("John Roe III", "Roe, John, III"),
        ("Dee Dummy Jr.", "Dummy, Dee, Jr."),
        ("Q. Li (MIT, CSAIL)", "Li, Q."),
        ("Weiwei Ai", "Ai, Weiwei"),
        ("Luc Van Gool", "Van Gool, Luc"),
        ("Guy Van den Broeck", "Van den Broeck, Guy"),
        ("Luc De Raedt", "De Raedt, Luc"),
        ("Batiste Le Bars", "Le Bars, Batiste"),
        ("El Houcine El Fatimi", "El Fatimi, El Houcine"),
        ("Kiet Van Nguyen", "Nguyen, Kiet Van"),
        ("Nguyễn Văn Van Ánh", "Ánh, Nguyễn Văn Van"),
        ("Nam Le Hai", "Hai, Nam Le"),
        ("Di Wang", "Wang, Di"),
        ("Vedant Das Swain", "Swain, Vedant Das"),
    ],
)
def test_a_persons_name_is_turned_round(printed, in_order):
    assert split_name(printed).sorted == in_order


@pytest.mark.parametrize(
    "printed",
    [
        *("马毅", "马 毅", "김 철수", "山田 太郎", "Aristotle", "Aristotle, Jr."),
        *("OpenAI", "Lumen AI", "The Lighthouse Collaboration", "Tengzhou No. 1 Middle School"),
    ],
)
def test_a_name_that_cannot_be_split_with_certainty_stays_whole(printed):
    assert split_name(printed) == Name(literal=printed)


def test_a_particle_is_kept_apart_from_the_name_that_follows_it():
    name = split_name("Laurens van der Maaten")
    assert (name.given, name.particle, name.family) == ("Laurens", "van der", "Maaten")


def test_a_particle_written_large_is_part_of_the_family_name():
    name = split_name("Luc Van Gool")
    assert (name.given, name.particle, name.family) == ("Luc", "", "Van Gool")


@given(st.text())
def test_no_name_is_lost(printed):
    assert bool(split_name(printed).sorted) == bool(printed.split())
