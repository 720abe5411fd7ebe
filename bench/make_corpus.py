"""Make a large site out of a small one: many copies of every paper, each a different paper.

    DATABASE_URL=sqlite:///data/slice.sqlite3 python manage.py import_digests FOLDER
    python bench/make_corpus.py data/slice.sqlite3 data/large.sqlite3 --papers 1200000

A copy has another arXiv id, another day (a number of weeks earlier), a few words of its texts
replaced and, for one author in three, another name. Everything that the importer would have written
for it is written: paper with card, appearance in a digest of its day, translations, authors,
topics, places in lists, tallies; other rows that refer to a paper are copied unchanged. Tables that
reconciling or the search index derive are derived by the site's own code at the end (``--index``
for the search index, which takes longest).

SQLite only; ``migrate_to_postgres`` moves the result to PostgreSQL.
"""

import argparse
import datetime
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
django.setup()

from papers.lists.authors import words_of_name  # noqa: E402
from papers.text.author_names import author_key  # noqa: E402

CHUNK = 2_000
SYLLABLES = ("ba ce di fo gu ha ji ko lu me na pi qua ro si ta vu we xi yo zen lor mar tin").split()  # noqa: SIM905
TABLES = ("digest", "author", "paper", "appearance", "authorship", "papertopic", "translation")
HAN = "山水云月星河海风雪花木石金玉火雷电光影声色香"


def main() -> None:
    options = _arguments()
    started = time.monotonic()
    shutil.copy(options.small, options.large)
    database = sqlite3.connect(options.large, isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;"
        "PRAGMA foreign_keys=OFF; PRAGMA temp_store=MEMORY;"
    )
    indexes = _drop_indexes(database)
    papers = _count(database, "papers_paper")
    small = Small(database)
    calendar = Calendar(small.days)
    for number in range(1, max(options.papers // papers, 1)):
        database.execute("BEGIN")
        Copy(database, small, calendar, number).make()
        database.execute("COMMIT")
        print(f"{papers * (number + 1):,} papers, {time.monotonic() - started:.0f} s", flush=True)
    for sql in indexes:
        database.execute(sql)
    _derive(database)
    _write_words(database)
    database.execute("ANALYZE")
    database.execute("PRAGMA journal_mode=WAL")
    database.close()
    if options.index:
        _manage(options.large, "rebuild_search_index")
    print(
        f"{options.large}: {options.large.stat().st_size / 1e9:.1f} GB, "
        f"{time.monotonic() - started:.0f} s"
    )


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("small", type=Path, help="a site's SQLite file")
    arguments.add_argument("large", type=Path, help="the file to write")
    arguments.add_argument("--papers", type=int, required=True, help="how many papers, about")
    arguments.add_argument("--index", action="store_true", help="build the search index too")
    return arguments.parse_args()


class Small:
    """The tables of the small site, in memory."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.columns: dict[str, dict[str, int]] = {}
        self.rows: dict[str, list[tuple]] = {}
        for table in TABLES:
            cursor = database.execute(f"SELECT * FROM papers_{table} ORDER BY id")
            self.columns[table] = {name: at for at, (name, *_) in enumerate(cursor.description)}
            self.rows[table] = cursor.fetchall()
        self.top = {table: rows[-1][0] for table, rows in self.rows.items()}
        at = self.columns["digest"]["date"]
        self.days = {row[at] for row in self.rows["digest"]}


class Calendar:
    """The days of the copies: those of the small site, moved back by whole weeks for each copy."""

    def __init__(self, days: set[str]) -> None:
        self._days = {day: datetime.date.fromisoformat(day) for day in days}
        self._taken = set(self._days.values())
        self._given = 0
        self._weeks = 0

    def next(self) -> dict[str, str]:
        while True:
            self._weeks += 1
            earlier = datetime.timedelta(weeks=self._weeks)
            shifted = {day: date - earlier for day, date in self._days.items()}
            if self._taken.isdisjoint(shifted.values()):
                self._taken |= set(shifted.values())
                return {day: date.isoformat() for day, date in shifted.items()}

    def arxiv_id(self) -> str:
        """Return an id that no paper has: real numbers stay below 50,000 a month.

        Its month is one of ten years; ids before 2015 had four digits.
        """
        month, year = self._given % 12 + 1, self._given // 12 % 10 + 15
        serial = 50_000 + self._given // 120
        self._given += 1
        return f"{year}{month:02d}.{serial}"


class Copy:
    """Write one more copy of every paper."""

    def __init__(
        self, database: sqlite3.Connection, small: Small, calendar: Calendar, number: int
    ) -> None:
        self.database, self.small, self.calendar, self.number = database, small, calendar, number
        self.random = random.Random(number)
        self.days = calendar.next()
        self.renamed: dict[str, tuple[str, str]] = {}  # key → new name and key
        self.listed: dict[int, tuple[str, str]] = {}  # by id, as links repeat it

    def make(self) -> None:
        for table, change in (
            ("digest", self._digest),
            ("author", self._author),
            ("paper", self._paper),
            ("appearance", self._link),
            ("authorship", self._authorship),
            ("papertopic", self._link),
            ("translation", self._translation),
        ):
            self._write(table, change)
        self.database.execute(
            "INSERT INTO papers_translation_digests (translation_id, digest_id) "
            "SELECT translation_id + ?, digest_id + ? FROM papers_translation_digests "
            "WHERE translation_id <= ?",
            [self._shift("translation"), self._shift("digest"), self.small.top["translation"]],
        )

    def _write(self, table: str, change: Callable[[dict[str, int], list], bool]) -> None:
        """Write the rows of this table as ``change`` modifies them; skip those it rejects."""
        at = self.small.columns[table]
        rows = (values for row in self.small.rows[table] if change(at, values := list(row)))
        _insert(self.database, f"papers_{table}", list(at), rows)

    def _shift(self, table: str) -> int:
        """Return the offset that is added to an id of the small site."""
        return self.number * self.small.top[table]

    def _digest(self, at: dict[str, int], row: list) -> bool:
        row[0] += self._shift("digest")
        row[at["date"]] = self.days[row[at["date"]]]
        return True

    def _author(self, at: dict[str, int], row: list) -> bool:
        """Rename one author in three, so that each copy has some other people."""
        if row[0] % 3:
            return False
        name = f"{row[at['name']]} {self._word().title()}"[:250]
        key = author_key(f"{name}{self.number}")
        self.renamed[row[at["key"]]] = name, key
        row[0] += self._shift("author")
        row[at["name"]], row[at["key"]] = name, key
        return True

    def _paper(self, at: dict[str, int], row: list) -> bool:
        day = self.days.get(row[at["first_seen"]]) or next(iter(self.days.values()))
        arxiv_id = self.calendar.arxiv_id()
        card = json.loads(row[at["card"]])
        card["authors"] = [
            list(self.renamed.get(key, (name, key))) for name, key in card["authors"]
        ]
        card["places"] = [[self.days[day], *rest] for day, *rest in card["places"]]
        for language, vary in (("en", self._varied), ("zh", self._varied_chinese)):
            if language not in card.get("html", {}):  # what is rendered is left as it is
                for field in (f"title_{language}", f"abstract_{language}"):
                    row[at[field]] = vary(row[at[field]])
        row[0] += self._shift("paper")
        row[at["arxiv_id"]], row[at["first_seen"]] = arxiv_id, day
        row[at["card"]] = json.dumps(card, ensure_ascii=False, separators=(",", ":"))
        self.listed[row[0]] = day, arxiv_id
        return True

    def _link(self, at: dict[str, int], row: list) -> bool:
        row[0] = None  # the database gives one
        row[at["paper_id"]] += self._shift("paper")
        if "digest_id" in at:
            row[at["digest_id"]] += self._shift("digest")
        if "first_seen" in at and row[at["first_seen"]]:
            row[at["first_seen"]], row[at["arxiv_id"]] = self.listed[row[at["paper_id"]]]
        return True

    def _authorship(self, at: dict[str, int], row: list) -> bool:
        if row[at["author_id"]] % 3 == 0:
            row[at["author_id"]] += self._shift("author")
        return self._link(at, row)

    def _translation(self, at: dict[str, int], row: list) -> bool:
        row[0] += self._shift("translation")
        row[at["paper_id"]] += self._shift("paper")
        row[at["text"]] = self._varied_chinese(row[at["text"]])
        return True

    def _word(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=3))

    def _varied(self, text: str) -> str:
        """Return the text with a few words replaced by words of this copy."""
        words = text.split(" ")
        for _ in range(1 + len(words) // 60):
            words[self.random.randrange(len(words))] = self._word()
        return " ".join(words)

    def _varied_chinese(self, text: str) -> str:
        if not text:
            return text
        place = self.random.randrange(len(text))
        return text[:place] + "".join(self.random.choices(HAN, k=2)) + text[place:]


def _count(database: sqlite3.Connection, table: str) -> int:
    return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def _insert(
    database: sqlite3.Connection, table: str, columns: list[str], rows: Iterator[list]
) -> None:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    while chunk := list(islice(rows, CHUNK)):
        database.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", chunk)


def _drop_indexes(database: sqlite3.Connection) -> list[str]:
    """Drop the indexes that can be built at the end; return the statements that build them."""
    found = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
        "AND tbl_name LIKE 'papers_%' AND sql LIKE 'CREATE INDEX%'"
    ).fetchall()
    for name, _ in found:
        database.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def _derive(database: sqlite3.Connection) -> None:
    """Write the tables and counts that reconciling derives from the rows."""
    database.executescript("""
        DELETE FROM papers_tally;
        INSERT INTO papers_tally (topic_id, zh_state, day, papers)
        SELECT topic_id, zh_state, first_seen, count(*) FROM papers_papertopic
        WHERE first_seen IS NOT NULL GROUP BY topic_id, zh_state, first_seen;
        INSERT INTO papers_tally (topic_id, zh_state, day, papers)
        SELECT NULL, zh_state, first_seen, count(*) FROM papers_paper
        WHERE NOT hidden GROUP BY zh_state, first_seen;
        UPDATE papers_topic SET paper_count = coalesce((
            SELECT sum(papers) FROM papers_tally WHERE topic_id = papers_topic.id), 0);
        UPDATE papers_author SET paper_count = (
            SELECT count(*) FROM papers_authorship
            WHERE author_id = papers_author.id AND first_seen IS NOT NULL);
        UPDATE papers_dataversion SET token = lower(hex(randomblob(8)));
    """)


def _write_words(database: sqlite3.Connection) -> None:
    """Write the words by which authors are found."""
    authors = database.execute("SELECT id, name FROM papers_author ORDER BY id").fetchall()
    database.execute("BEGIN")
    database.execute("DELETE FROM papers_authorword")
    rows = ([pk, word] for pk, name in authors for word in sorted(words_of_name(name)))
    _insert(database, "papers_authorword", ["author_id", "word"], rows)
    database.execute("COMMIT")


def _manage(database: Path, *arguments: str) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database.resolve()}"}
    subprocess.run([sys.executable, "manage.py", *arguments], env=environment, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
