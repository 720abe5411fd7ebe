"""The import against a floor and a peer, in one run on the same records.

    .venv/bin/pip install sqlite-utils==4.1.1
    .venv/bin/python bench/import.py FOLDER [--runs 3]

FOLDER holds digests as a publisher keeps them. Measured, interleaved, medians printed:

- ours: ``manage.py import_digests FOLDER`` into a fresh, migrated SQLite file, as a whole process
- floor: ``sqlite3`` ``executemany`` of the same final rows from memory, then the same indexes, in
  one transaction: nothing is read, parsed, compared or chosen
- peer: ``sqlite-utils insert`` of the same records as ready-made JSON lines and ``enable-fts``
- again: ours once more on the same files, against hashing all their bytes
- parse: all digests parsed, against reading and decoding them
"""

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import digest_site  # noqa: E402, F401  (the SQLite that the site uses)
from papers.digests import parser  # noqa: E402
from papers.digests.foreign_text import decode  # noqa: E402


def main() -> None:
    options = _arguments()
    files = sorted(options.folder.rglob("*.md"))
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        empty = _migrated(work)
        records = _records(files)
        lines = _json_lines(work, records)
        _import(empty, work / "final.sqlite3", options.folder)
        floor = Floor(work / "final.sqlite3")
        measured = _measure(
            {
                "ours": lambda: _import(empty, work / "ours.sqlite3", options.folder),
                "floor": lambda: floor.insert(work / "floor.sqlite3"),
                "peer": lambda: _sqlite_utils(work / "peer.sqlite3", lines),
                "again": lambda: _run_import(work / "final.sqlite3", options.folder),
                "hash": lambda: _hash(files),
                "parse": lambda: _records(files),
                "read": lambda: _read(files),
            },
            options.runs,
        )
        _print(measured, records, work)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--runs", type=int, default=3)
    return arguments.parse_args()


def _measure(things: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The median seconds of each, the things taken in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in things}
    for _ in range(runs):
        for name, thing in things.items():
            started = time.perf_counter()
            thing()
            seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def _print(measured: dict[str, float], records: list[dict], work: Path) -> None:
    rows = [
        ("import / raw executemany", "ours", "floor"),
        ("import / sqlite-utils with FTS", "ours", "peer"),
        ("import again / hashing", "again", "hash"),
        ("parse / read and decode", "parse", "read"),
    ]
    print(f"{len(records):,} records")
    for title, ours, other in rows:
        ratio = measured[ours] / measured[other]
        print(f"{title:32} {measured[ours]:7.2f} s {measured[other]:7.2f} s   {ratio:6.2f}")
    sizes = {name: (work / f"{name}.sqlite3").stat().st_size for name in ("ours", "peer")}
    print(f"database / sqlite-utils' {sizes['ours'] / sizes['peer']:.2f}")
    print(f"peak memory of the import {_peak_memory() / 2**20:.0f} MB")


def _peak_memory() -> float:
    """Bytes: the largest of the processes that this one has started."""
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _environment(database: Path) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}


def _manage(database: Path, *arguments: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(command, env=_environment(database), check=True, capture_output=True)


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
    """The final rows of our database in memory, and how to put them into a fresh one."""

    def __init__(self, final: Path) -> None:
        database = sqlite3.connect(final)
        schema = "SELECT name, sql FROM sqlite_master WHERE type = ? AND name LIKE 'papers_%'"
        self.tables = database.execute(schema, ["table"]).fetchall()
        self.indexes = [sql for _, sql in database.execute(schema, ["index"]) if sql]
        self.rows = {
            name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name, _ in self.tables
        }

    def insert(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        database = sqlite3.connect(path, isolation_level=None)
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN;")
        for name, sql in self.tables:
            database.execute(sql)
            if rows := self.rows[name]:
                places = ", ".join("?" * len(rows[0]))
                database.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)
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


def _read(files: list[Path]) -> list[str]:
    return [file.read_bytes().decode("utf-8") for file in files]


def _hash(files: list[Path]) -> list[str]:
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


def _records(files: list[Path]) -> list[dict]:
    parsed = (parser.parse(decode(file.read_bytes())) for file in files)
    return [vars(record) for digest in parsed for record in digest.records]


def _json_lines(work: Path, records: list[dict]) -> Path:
    path = work / "records.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    return path


if __name__ == "__main__":
    main()
