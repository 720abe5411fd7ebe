"""Measure the import against a floor and a peer, in one run on the same records.

    .venv/bin/pip install --requirement requirements-bench.txt
    .venv/bin/python bench/import.py FOLDER [--runs 3] [--times 5]

FOLDER holds digests as a publisher stores them; ``--times 5`` multiplies it by five, with other
papers on earlier days. The measurements are interleaved, and their medians printed:

- ours: ``manage.py import_digests FOLDER`` into a new, migrated SQLite file
- floor: ``sqlite3`` ``executemany`` of the same final rows and full-text documents from memory,
  with the same indexes, in one transaction: nothing is read, parsed, compared or selected. Tables
  that do not exist yet are omitted
- peer: ``sqlite-utils insert`` of the same records as prepared JSON lines, and ``enable-fts``
- again: ours a second time on the same files, against a process that hashes all of them
- one new day: as many papers as the newest day of FOLDER has, added to the whole
- parse: all digests parsed, against reading and decoding them

Everything that a user would start is a process of its own.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain, groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import digest_site  # noqa: E402, F401, I001  (puts the SQLite that the site uses in the other's place)
import sqlite3  # noqa: E402
from bench import memory  # noqa: E402
from papers.digests import markdown  # noqa: E402
from papers.digests.decoding import decode  # noqa: E402
from papers.digests.records import ParsedDigest  # noqa: E402

HASHING = """
import hashlib, sys
for name in sys.stdin.read().splitlines():
    hashlib.sha256(open(name, "rb").read()).hexdigest()
"""

PARSING = """
import sys
from papers.digests import markdown
from papers.digests.decoding import decode
for name in sys.stdin.read().splitlines():
    markdown.parse(decode(open(name, "rb").read()))
"""


def main() -> None:
    options = _arguments()
    with tempfile.TemporaryDirectory() as scratch:
        _print(measured(options.folder, options.times, options.runs, Path(scratch)))


def measured(given: Path, times: int, runs: int, work: Path) -> dict[str, float]:
    """Return the median seconds of each measurement, the number of records, and sizes in MB.

    The imported database is left as ``ours.sqlite3`` in ``work``.
    """
    folder = multiplied(given, times, work / "digests").resolve()
    files = sorted(folder.rglob("*.md"))
    new_day = _new_day(given, times, work / "new day")
    empty = _migrated(work)
    lines, number = _json_lines(work, files)
    shutil.copy(empty, work / "final.sqlite3")
    memory_of = {
        "import MB": memory.peak(_started(work / "final.sqlite3", "import_digests", str(folder))),
        "parse MB": memory.peak(_reading(PARSING, files)),
    }
    floor = Floor(work / "final.sqlite3")
    found = _measure(
        {
            "ours": lambda: _import(empty, work / "ours.sqlite3", folder),
            "floor": lambda: floor.insert(work / "floor.sqlite3"),
            "peer": lambda: _sqlite_utils(work / "peer.sqlite3", lines),
            "again": lambda: _run_import(work / "final.sqlite3", folder),
            "start": lambda: _manage(work / "final.sqlite3", "help", "import_digests"),
            "hash": lambda: _hash(files),
            "day": lambda: _import(work / "final.sqlite3", work / "day.sqlite3", new_day),
            "copy": lambda: shutil.copy(work / "final.sqlite3", work / "copy.sqlite3"),
            "parse": lambda: _each(_parsed, files),
            "read": lambda: _each(_text, files),
        },
        runs,
    )
    sizes = {f"{name} MB": _megabytes(work / f"{name}.sqlite3") for name in ("ours", "peer")}
    return found | sizes | memory_of | {"records": number}


def _megabytes(file: Path) -> float:
    return file.stat().st_size / 2**20


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--times", type=int, default=1, choices=range(1, MOST_TIMES + 1))
    return arguments.parse_args()


# --- More digests than there are


_DAY = re.compile(r"(\d{2}-[A-Z][a-z]{2}-)(\d{4})")
_LINK = re.compile(r"(arxiv\.org/(?:abs|pdf)/)(\d{2})(\d{2}\.\d{4,5})")
_YEARS = 2  # that FOLDER spans at most: copies of it are as far apart
MOST_TIMES = 5  # ids had another form before 2015


def multiplied(folder: Path, times: int, into: Path) -> Path:
    """Return FOLDER itself, or a folder with ``times`` copies of it.

    A copy has the same texts, other papers and days, and other authors for half of the names.
    """
    if times == 1:
        return folder
    for number in range(times):
        _copy_digests(folder, number, into)
    return into


def _new_day(folder: Path, number: int, into: Path) -> Path:
    """Write the digests of the newest day again as another day with other papers."""
    days = {name for file in folder.rglob("*.md") if (name := _day_of(file))}
    newest = max(days, key=lambda name: datetime.strptime(name, "%d-%b-%Y"))
    _copy_digests(folder, number, into, only=newest)
    return into


def _day_of(file: Path) -> str | None:
    return next((part for part in file.parts if _DAY.fullmatch(part)), None)


def _copy_digests(folder: Path, number: int, into: Path, only: str | None = None) -> None:
    for file in folder.rglob("*.md"):
        if only in (None, _day_of(file)):
            place = _DAY.sub(
                lambda day: f"{day[1]}{int(day[2]) - number * _YEARS}",
                str(file.relative_to(folder)),
            )
            (into / place).parent.mkdir(parents=True, exist_ok=True)
            (into / place).write_text(_of_other_papers(file.read_text("utf-8"), number), "utf-8")


def _of_other_papers(text: str, number: int) -> str:
    text = _LINK.sub(lambda link: f"{link[1]}{int(link[2]) - number * _YEARS}{link[3]}", text)
    return "\n".join(map(_with_other_authors(number), text.split("\n"))) if number else text


def _with_other_authors(number: int) -> Callable[[str], str]:
    def changed(line: str) -> str:
        if not line.startswith("**Authors**:"):
            return line
        names = line.split(", ")
        names[1::2] = [f"{name.rstrip()}{chr(96 + number)}" for name in names[1::2]]
        return ", ".join(names)

    return changed


# --- Measuring


def _measure(things: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Return the median seconds of each function; the runs are interleaved."""
    seconds: dict[str, list[float]] = {name: [] for name in things}
    for _ in range(runs):
        for name, thing in things.items():
            started = time.perf_counter()
            thing()
            seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def _print(found: dict[str, float]) -> None:
    rows = [
        ("import / raw executemany", "ours", "floor"),
        ("import / sqlite-utils with FTS", "ours", "peer"),
        ("import again / hashing", "again", "hash"),
        ("import again / the start of Django", "again", "start"),
        ("parse / read and decode", "parse", "read"),
    ]
    print(f"{found['records']:,.0f} records")
    for title, ours, other in rows:
        ratio = found[ours] / found[other]
        print(f"{title:34} {found[ours]:7.2f} s {found[other]:7.2f} s   {ratio:6.2f}")
    print(f"{'one new day into the whole':34} {found['day'] - found['copy']:7.2f} s")
    megabytes = ", ".join(f"{name} {found[f'{name} MB']:.0f} MB" for name in ("ours", "peer"))
    print(f"database / sqlite-utils' {found['ours MB'] / found['peer MB']:.2f} ({megabytes})")
    print(f"most memory of all processes of an import {found['import MB']:.0f} MB")
    print(f"most memory of a process that parses all {found['parse MB']:.0f} MB")


def _environment(database: Path) -> dict[str, str]:
    """Return that of a site: Python keeps the bytecode of all modules."""
    bytecode = {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(database.parent / "bytecode"),
    }
    return {**os.environ, **bytecode, "DATABASE_URL": f"sqlite:///{database}"}


def _manage(database: Path, *arguments: str) -> None:
    _wait_for(_started(database, *arguments))


def _started(database: Path, *arguments: str) -> subprocess.Popen:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.Popen(command, env=_environment(database), stdout=subprocess.DEVNULL)


def _wait_for(process: subprocess.Popen) -> None:
    if process.wait():
        raise SystemExit(f"{process.args} ended with {process.returncode}")


def _migrated(work: Path) -> Path:
    database = work / "empty.sqlite3"
    _manage(database, "migrate", "-v0")
    return database


def _import(empty: Path, database: Path, folder: Path) -> None:
    for leftover in database.parent.glob(f"{database.name}*"):
        leftover.unlink()
    shutil.copy(empty, database)
    _run_import(database, folder)


def _run_import(database: Path, folder: Path) -> None:
    _manage(database, "import_digests", str(folder))


class Floor:
    """The final rows of the database and its full-text documents, in memory.

    It writes them into a new database.
    """

    SHADOWS = ("data", "idx", "docsize", "config", "content")  # https://sqlite.org/fts5.html

    def __init__(self, final: Path) -> None:
        database = sqlite3.connect(final)
        schema = "SELECT name, sql FROM sqlite_master WHERE type = ? AND name LIKE 'papers_%'"
        tables = dict(database.execute(schema, ["table"]))
        self.searches = {name: sql for name, sql in tables.items() if "USING fts5" in sql}
        shadows = {f"{name}_{part}" for name in self.searches for part in self.SHADOWS}
        self.tables = {name: tables[name] for name in tables.keys() - self.searches - shadows}
        self.indexes = [sql for _, sql in database.execute(schema, ["index"]) if sql]
        self.rows = {
            name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in self.tables
        }
        self.documents = {name: list(self._documents(database, name)) for name in self.searches}
        database.close()

    def _documents(self, database: sqlite3.Connection, search: str) -> Iterator[tuple]:
        """Return the words of each document from the index, which may store no other copy."""
        database.execute(
            f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {search}, instance)"
        )
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({search})")]
        texts = database.execute(
            "SELECT doc, col, group_concat(term, ' ') "
            "FROM (SELECT * FROM temp.words ORDER BY doc, col, offset) GROUP BY doc, col"
        )
        for doc, some in groupby(texts, key=lambda row: row[0]):
            by_column = {column: text for _, column, text in some}
            yield (doc, *(by_column.get(column, "") for column in columns))
        database.execute("DROP TABLE temp.words")

    def insert(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        database = sqlite3.connect(path, isolation_level=None)
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN;")
        for name, sql in self.tables.items():
            database.execute(sql)
            if rows := self.rows[name]:
                places = ", ".join("?" * len(rows[0]))
                database.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)
        for name, sql in self.searches.items():
            database.execute(sql)
            database.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', {32 << 20})")
            if documents := self.documents[name]:
                columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
                places = ", ".join("?" * len(documents[0]))
                database.executemany(
                    f"INSERT INTO {name} (rowid, {', '.join(columns)}) VALUES ({places})", documents
                )
        for sql in self.indexes:
            database.execute(sql)
        database.execute("COMMIT")
        database.close()


def _sqlite_utils(database: Path, lines: Path) -> None:
    database.unlink(missing_ok=True)
    tool = [sys.executable, "-m", "sqlite_utils"]
    insert = [*tool, "insert", str(database), "papers", str(lines), "--nl"]
    subprocess.run(insert, check=True, capture_output=True)
    texts = ["title", "abstract", "title_zh", "abstract_zh"]
    subprocess.run([*tool, "enable-fts", str(database), "papers", *texts], check=True)


def _hash(files: list[Path]) -> None:
    _wait_for(_reading(HASHING, files))


def _reading(program: str, files: list[Path]) -> subprocess.Popen:
    """Start a program that reads these files, given to it as lines."""
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdin
    with process.stdin as names:
        names.write("\n".join(map(str, files)))
    return process


def _each(work: Callable[[Path], object], files: list[Path]) -> None:
    for file in files:
        work(file)


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _parsed(file: Path) -> ParsedDigest:
    return markdown.parse(decode(file.read_bytes()))


def _json_lines(work: Path, files: list[Path]) -> tuple[Path, int]:
    """Write all records to a file; return its path and their number."""
    path, number = work / "records.jsonl", 0
    with path.open("w", encoding="utf-8") as lines:
        for record in chain.from_iterable(_parsed(file).records for file in files):
            lines.write(json.dumps(vars(record), ensure_ascii=False) + "\n")
            number += 1
    return path, number


if __name__ == "__main__":
    main()
