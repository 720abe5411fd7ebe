"""Printed names split into their parts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.citations.name_parts import Name, split_name

NAMES = Path(__file__).parents[1] / "data" / "names"


def named(file: str) -> list[tuple[str, str]]:
    """The names of a file: each as printed and as a bibliography sorts it."""
    lines = (NAMES / file).read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(
    ("printed", "in_order"),
    [*named("plain.tsv"), *named("particles.tsv"), *named("suffixes.tsv")],
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
