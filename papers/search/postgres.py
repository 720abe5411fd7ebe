"""The index in PostgreSQL: a ``tsvector`` in a narrow table of its own, under GIN, or under RUM
where that is installed (https://github.com/postgrespro/rum).

https://www.postgresql.org/docs/15/textsearch.html. The configuration is ours: English stems, no
stop words, so that both databases find the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from papers.search.analyzer import AllOf, AnyOf, Node, Term, Without
from papers.search.documents import Document

TABLE = "papers_search"
SHAPE = "tsvector"
CONFIGURATION = "papers_search"

PLACE = f"{TABLE}.place"
MATCHES = f"{TABLE}.document @@ to_tsquery('{CONFIGURATION}', %s)"
# The lower the better; the weights of abstract, (none), authors, title.
SCORE = (
    "-ts_rank('{0.1, 0.1, 0.5, 1.0}', " + TABLE + f".document, to_tsquery('{CONFIGURATION}', %s))"
)
SCORE_TAKES_QUERY = True

LONGEST_WAIT = "20s"  # as long as SQLite waits for another writer
_BESIDE = f"{TABLE}_anew"
_SETTINGS = (
    f"TEXT SEARCH DICTIONARY {_BESIDE}.{CONFIGURATION}_stem",
    f"TEXT SEARCH CONFIGURATION {_BESIDE}.{CONFIGURATION}",
)
_WEIGHTS = {"title": "A", "authors": "B", "abstract": "D"}
_STEMMED = "asciiword, word, asciihword, hword, hword_asciipart, hword_part"
_AS_IS = "numword, numhword, hword_numpart, int, uint, float, sfloat"


def create() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEXT SEARCH DICTIONARY {CONFIGURATION}_stem "
            "(TEMPLATE = snowball, LANGUAGE = english)"
        )
        cursor.execute(f"CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (PARSER = default)")
        for kinds, dictionary in ((_STEMMED, f"{CONFIGURATION}_stem"), (_AS_IS, "simple")):
            cursor.execute(
                f"ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION} "
                f"ADD MAPPING FOR {kinds} WITH {dictionary}"
            )
        cursor.execute(
            f"CREATE TABLE {TABLE} (place bigint PRIMARY KEY, document tsvector NOT NULL)"
        )
        _index_documents(cursor)


def _index_documents(cursor) -> None:
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'rum'")
    kind = "rum (document rum_tsvector_ops)" if cursor.fetchone() else "gin (document)"
    cursor.execute(f"CREATE INDEX {TABLE}_document ON {TABLE} USING {kind}")


def drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {CONFIGURATION}")
        cursor.execute(f"DROP TEXT SEARCH DICTIONARY IF EXISTS {CONFIGURATION}_stem")


def acquire_write_lock() -> None:
    """Waits while another transaction makes the tables anew, before anything of them is read: two
    that held a part of them each would wait for one another. Raises OperationalError after a
    while."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'; "
            f"LOCK TABLE {TABLE} IN ROW EXCLUSIVE MODE; "
            "SET LOCAL lock_timeout TO DEFAULT"
        )


@contextmanager
def rebuilding(tables: Sequence[str], create: Callable, drop: Callable) -> Iterator[None]:
    """Within the block the tables are new and empty; readers keep the old ones until the
    transaction ends, and whoever writes waits. The new ones are made in a schema of their own, and
    their words indexed when all are there, which takes less time."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT current_schema(), current_setting('search_path')")
        home, path = cursor.fetchone()
        cursor.execute(f"CREATE SCHEMA {_BESIDE}")
        _look_in(cursor, f"{_BESIDE}, {path}")
        create()
        cursor.execute(f"DROP INDEX {TABLE}_document")
        yield
        _index_documents(cursor)
        _look_in(cursor, path)
        drop()
        things = [*(f"TABLE {_BESIDE}.{table}" for table in tables), *_SETTINGS]
        for thing in things:
            cursor.execute(f"ALTER {thing} SET SCHEMA {connection.ops.quote_name(home)}")
        cursor.execute(f"DROP SCHEMA {_BESIDE}")
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


def _look_in(cursor, path: str) -> None:
    cursor.execute("SELECT set_config('search_path', %s, true)", [path])


def write(documents: Iterable[Document]) -> None:
    parts = " || ".join(
        f"setweight(to_tsvector('{CONFIGURATION}', %s), '{weight}')" for weight in _WEIGHTS.values()
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (place, document) VALUES (%s, {parts})", list(documents)
        )


def remove(places: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE place = ANY(%s)", [list(places)])


def scores_sql(where: str) -> str:
    """The newest hits and their scores; scores are reckoned behind the limit, for each of them
    reads a document."""
    newest = f"SELECT place, document FROM {TABLE} WHERE {where} ORDER BY {PLACE} DESC LIMIT %s"
    return f"SELECT {PLACE}, {SCORE} FROM ({newest}) AS {TABLE} ORDER BY {PLACE} DESC"


def expression(node: Node) -> str:
    """The query as ``to_tsquery`` reads it. Every word is quoted, and holds letters and digits
    only."""
    match node:
        case Term(words, field, prefix):
            labels = f"{'*' if prefix else ''}{_WEIGHTS.get(field, '')}"
            end = f"':{labels}" if labels else "'"
            return f"({' <-> '.join(chr(39) + word + end for word in words)})"
        case AllOf(parts):
            return f"({' & '.join(map(expression, parts))})"
        case AnyOf(parts):
            return f"({' | '.join(map(expression, parts))})"
        case Without(part, excluded):
            return f"({expression(part)} & !{expression(excluded)})"
