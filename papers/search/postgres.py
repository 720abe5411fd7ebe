"""Search index in PostgreSQL: a ``tsvector`` column in a table of its own.

The index is GIN, or RUM if that extension is installed (https://github.com/postgrespro/rum). The
text search configuration is our own: English stems and no stop words, so that both databases find
the same papers. See https://www.postgresql.org/docs/15/textsearch.html.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from papers.search.documents import Document
from papers.search.query_nodes import AllOf, AnyOf, Node, SomeOf, Term, Without

TABLE = "papers_search"
SHAPE = "tsvector-2"
CONFIGURATION = "papers_search"

PLACE = f"{TABLE}.place"
MATCHES = f"{TABLE}.document @@ to_tsquery('{CONFIGURATION}', %s)"
# Lower is better. The weights are those of abstract, (unused), authors, title. ``head`` has no
# further spellings, which find papers but do not count, and no positions in the abstract: reading a
# document costs more than ranking it.
SCORE = "-ts_rank('{0.1, 0.1, 0.5, 1.0}', " + TABLE + f".head, to_tsquery('{CONFIGURATION}', %s))"
SCORE_TAKES_QUERY = True

LONGEST_WAIT = "20s"  # the time that SQLite waits for another writer
_NEW_SCHEMA = f"{TABLE}_new"
_SETTINGS = (
    f"TEXT SEARCH DICTIONARY {_NEW_SCHEMA}.{CONFIGURATION}_stem",
    f"TEXT SEARCH CONFIGURATION {_NEW_SCHEMA}.{CONFIGURATION}",
)
_WEIGHTS = {"title": "A", "authors": "B", "abstract": "D"}
_READ = ", ".join(f"to_tsvector('{CONFIGURATION}', %s) AS {name}" for name in Document._fields[1:])
# The words of a text are parsed once for both columns; MATERIALIZED keeps the planner from copying
# the calls into each place that uses their results.
_INSERT = f"""
    WITH read AS MATERIALIZED (SELECT %s::bigint AS place, {_READ})
    INSERT INTO {TABLE} (place, head, document)
    SELECT place,
        setweight(title, 'A') || setweight(authors, 'B') || strip(abstract),
        setweight(title || title_spellings, 'A') || setweight(authors || authors_spellings, 'B')
            || setweight(abstract || abstract_spellings, 'D')
    FROM read"""
_STEMMED = "asciiword, word, asciihword, hword, hword_asciipart, hword_part"
_AS_IS = "numword, numhword, hword_numpart, int, uint, float, sfloat"


def create() -> None:
    """Create the index and its text search configuration."""
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
        # Documents stay in their rows: most searches read thousands of them.
        cursor.execute(
            f"CREATE TABLE {TABLE} (place bigint PRIMARY KEY, head tsvector NOT NULL, "
            "document tsvector NOT NULL) WITH (toast_tuple_target = 8160)"
        )
        _index_documents(cursor)


def _index_documents(cursor) -> None:
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'rum'")
    kind = "rum (document rum_tsvector_ops)" if cursor.fetchone() else "gin (document)"
    cursor.execute(f"CREATE INDEX {TABLE}_document ON {TABLE} USING {kind}")


def drop() -> None:
    """Drop the index and its text search configuration."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {CONFIGURATION}")
        cursor.execute(f"DROP TEXT SEARCH DICTIONARY IF EXISTS {CONFIGURATION}_stem")


def acquire_write_lock() -> None:
    """Wait until no other transaction rebuilds the index, then lock it for writing.

    Call it before reading any search table: two transactions that each hold some of the locks would
    deadlock. Raises OperationalError after ``LONGEST_WAIT``.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'; "
            f"LOCK TABLE {TABLE} IN ROW EXCLUSIVE MODE; "
            "SET LOCAL lock_timeout TO DEFAULT"
        )


@contextmanager
def rebuilding(tables: Sequence[str], create: Callable, drop: Callable) -> Iterator[None]:
    """Replace the tables by new, empty ones that the block fills.

    Readers see the old tables until the transaction ends; writers wait. The new tables are built in
    a schema of their own, and their index is created after all rows are written, which is faster.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT current_schema(), current_setting('search_path')")
        home, path = cursor.fetchone()
        cursor.execute(f"CREATE SCHEMA {_NEW_SCHEMA}")
        _look_in(cursor, f"{_NEW_SCHEMA}, {path}")
        create()
        cursor.execute(f"DROP INDEX {TABLE}_document")
        yield
        _index_documents(cursor)
        _look_in(cursor, path)
        drop()
        things = [*(f"TABLE {_NEW_SCHEMA}.{table}" for table in tables), *_SETTINGS]
        for thing in things:
            cursor.execute(f"ALTER {thing} SET SCHEMA {connection.ops.quote_name(home)}")
        cursor.execute(f"DROP SCHEMA {_NEW_SCHEMA}")
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


def _look_in(cursor, path: str) -> None:
    cursor.execute("SELECT set_config('search_path', %s, true)", [path])


def write(documents: Iterable[Document]) -> None:
    """Add documents to the index."""
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, [tuple(document) for document in documents])


def remove(places: Sequence[int]) -> None:
    """Remove the documents with these sort keys."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE place = ANY(%s)", [list(places)])


def scores_sql(where: str) -> str:
    """Return SQL for the newest hits and their scores.

    Scores are computed after the limit, because each of them reads a document.
    """
    newest = f"SELECT place, head FROM {TABLE} WHERE {where} ORDER BY {PLACE} DESC LIMIT %s"
    return f"SELECT {PLACE}, {SCORE} FROM ({newest}) AS {TABLE} ORDER BY {PLACE} DESC"


def expression(node: Node) -> str:
    """Return the query in the syntax of ``to_tsquery``.

    Every word is quoted and holds letters and digits only.
    """
    match node:
        case Term(words, field, prefix):
            labels = f"{'*' if prefix else ''}{_WEIGHTS.get(field, '')}"
            end = f"':{labels}" if labels else "'"
            return f"({' <-> '.join(chr(39) + word + end for word in words)})"
        case AllOf(parts):
            return f"({' & '.join(map(expression, parts))})"
        case AnyOf(parts) | SomeOf(parts):
            return f"({' | '.join(map(expression, parts))})"
        case Without(part, excluded):
            return f"({expression(part)} & !{expression(excluded)})"
