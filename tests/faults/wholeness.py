"""Check that a database is consistent after a fault: whole digests, no loose rows."""

from collections import defaultdict
from dataclasses import dataclass

import psycopg

from tests.faults.databases import Database
from tests.faults.dump import (
    NATURAL_KEYS,
    Dump,
    Row,
    canonical_dump,
    connect,
    name_of,
    search_table,
)


@dataclass(frozen=True)
class Whole:
    """What an undisturbed import left, for tests to copy, and how many seconds it wrote."""

    database: Database
    dump: Dump
    seconds: float

    @property
    def digests(self) -> int:
        return len(self.dump["papers_digest"])


@dataclass(frozen=True)
class Left:
    """What an interrupted import left, and what is wrong with that."""

    digests: int
    wrong: list[str]


def left_in(database: Database, whole: Whole) -> Left:
    looked_at = database.as_left()
    damage = looked_at.damage() + _index_faults(looked_at.url)
    dump = canonical_dump(looked_at.url)
    if looked_at is not database:
        looked_at.drop()
    return Left(len(dump["papers_digest"]), damage + _torn(dump, whole.dump) + _loose(dump))


def _index_faults(database_url: str) -> list[str]:
    """The papers that search knows and that are not there, or the other way round."""
    with connect(database_url) as database:

        def numbers(query: str) -> set[int]:
            return {number for (number,) in database.execute(query).fetchall()}

        papers = numbers("SELECT id FROM papers_paper WHERE NOT hidden")
        entries = numbers("SELECT paper_id FROM papers_search_entry")
        places = numbers("SELECT place FROM papers_search_entry")
        key = "place" if isinstance(database, psycopg.Connection) else "rowid"
        documents = numbers(f"SELECT {key} FROM {search_table(database)}")
    return [f"paper or index entry alone: {one}" for one in papers ^ entries] + [
        f"index entry or document alone: {one}" for one in places ^ documents
    ]


def _torn(left: Dump, whole: Dump) -> list[str]:
    """The digests that are there, and not as an undisturbed import holds them."""
    expected, found = _digests(whole), _digests(left)
    return [f"torn: {name}" for name in found if found[name] != expected.get(name)]


def _digests(dump: Dump) -> dict[str, tuple[Row, list, list]]:
    """Each digest with the places of its papers and its translations."""
    places, texts = defaultdict(list), defaultdict(list)
    for row in dump["papers_appearance"]:
        places[row["digest_id"]].append((row["position"], row["paper_id"], row["withdrawn"]))
    for row in dump["papers_translation_digests"]:
        texts[row["digest_id"]].append(row["translation_id"])
    named = {name_of(row, NATURAL_KEYS["papers_digest"]): row for row in dump["papers_digest"]}
    for name, row in named.items():
        assert row["record_count"] - row["repeat_count"] >= len(places[name]), "one place a paper"
    return {
        name: (_given(row), sorted(places[name]), sorted(texts[name]))
        for name, row in named.items()
    }


def _given(row: Row) -> Row:
    """A digest without what follows from the others that are there."""
    return {key: value for key, value in row.items() if key not in {"changed_count", "held"}}


def _loose(dump: Dump) -> list[str]:
    """Papers and translations without what makes them whole."""
    papers = {row["arxiv_id"] for row in dump["papers_paper"]}
    texts = {_translation(row) for row in dump["papers_translation"]}
    translated = {(row["paper_id"], row["field"]) for row in dump["papers_translation"]}
    chosen = [row for row in dump["papers_translation"] if row["chosen"]]
    loose = {
        "paper in no digest": papers - _column(dump, "papers_appearance", "paper_id"),
        "paper without authors": papers - _column(dump, "papers_authorship", "paper_id"),
        "paper without a topic": papers - _column(dump, "papers_papertopic", "paper_id"),
        "text of no digest": texts - _column(dump, "papers_translation_digests", "translation_id"),
        "no text chosen": translated - {(row["paper_id"], row["field"]) for row in chosen},
    }
    return [f"{what}: {one}" for what, which in loose.items() for one in sorted(which)]


def _translation(row: Row) -> str:
    return name_of(row, NATURAL_KEYS["papers_translation"])


def _column(dump: Dump, table: str, column: str) -> set:
    return {row[column] for row in dump[table]}
