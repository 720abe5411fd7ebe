"""Measure the site's pages against an empty Django page, Datasette and nginx, in one run.

    .venv/bin/pip install -r requirements-bench.txt
    python bench/serve.py data/duizhao.sqlite3 [--runs 5] [--seconds 3] [--port 9180]
    python bench/serve.py postgres://…/duizhao --datasette data/duizhao.sqlite3

Requests per second, medians of interleaved runs; eight connections of wrk, one worker:

- cold: no page cache, in a process that has run for a while (its in-memory data is loaded); cached,
  also with a made-up session's cookie; 304: the client has the page
- empty: an empty page through the same middleware, made for each request (the floor)
- Datasette on the same file, tuned: ``_nocount=1&_nofacet=1``, sorted by an index, and the row of
  the very paper whose page is requested; a connection for each request, as sync workers have.
  A site on PostgreSQL is compared with the file that it was moved from.
- nginx: the page's bytes as a file, and ``deploy/nginx.conf`` in front of the site

Also two workers against one, and the memory of a worker and of a node.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import memory  # noqa: E402
from bench.serving import (  # noqa: E402
    front,
    get,
    is_file,
    medians,
    memory_of_workers,
    nginx,
    rate,
    rows,
    running,
    site,
    unlimited,
)

COLD = "bench.cold_settings"
MADE_UP = {"Cookie": "sessionid=0123456789abcdefghijklmnopqrstuv"}
FIRST_PORT = 9180  # of seven


def main() -> None:
    options = _arguments()
    _print(
        measured(options.database, options.datasette, options.runs, options.seconds, options.port)
    )


def measured(
    database: str, file: str, runs: int, seconds: int, port: int = FIRST_PORT
) -> dict[str, float]:
    """Return answers a second by measurement, and the memory of workers in MB PSS."""
    pages = _pages(database)
    with ExitStack() as stack, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        ours = stack.enter_context(site(database, port))
        stack.enter_context(site(database, port + 1, settings="bench.empty_settings"))
        two = stack.enter_context(site(database, port + 2, workers=2, settings=COLD))
        stack.enter_context(site(database, port + 6, settings=COLD))
        stack.enter_context(_datasette(file, port + 3))
        files = _files(port, pages, folder)
        stack.enter_context(_nginx(folder, port, files))
        measure = partial(rate, seconds=seconds)

        things = {"empty": partial(measure, port + 1, "/")}
        for name, path in pages.items():
            etag = get(port, path)[1]["ETag"]
            things[f"{name}, cold"] = partial(measure, port + 6, path)
            things[f"{name}, cached"] = partial(measure, port, path)
            things[f"{name}, 304"] = partial(measure, port, path, headers={"If-None-Match": etag})
        for name in ("list", "paper"):
            things[f"{name}, cookie"] = partial(measure, port, pages[name], headers=MADE_UP)
        things["two workers"] = partial(measure, port + 2, pages["list"])
        table, row = _peers(database, file, pages["paper"])
        once = {"Connection": "close"}
        things["Datasette table"] = partial(measure, port + 3, table, headers=once)
        things["Datasette row"] = partial(measure, port + 3, row, headers=once)
        things["nginx, a file"] = partial(measure, port + 5, "/list.html")
        things["nginx, the site"] = partial(measure, port + 4, pages["list"])
        found = medians(things, runs)
        return found | {
            "one, MB": memory_of_workers(ours)[0],
            "two, MB": max(memory_of_workers(two)),
            "node, MB": memory.of_tree(two.pid),
        }


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("database", help="a SQLite file or PostgreSQL's address")
    arguments.add_argument("--datasette", help="the SQLite file for Datasette (the same)")
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--seconds", type=int, default=3)
    arguments.add_argument(
        "--port", type=int, default=FIRST_PORT, help="the first of seven free ports"
    )
    options = arguments.parse_args()
    options.datasette = options.datasette or options.database
    if not is_file(options.datasette):
        arguments.error("Datasette reads SQLite files only: say which with --datasette.")
    return options


def _pages(database: str) -> dict[str, str]:
    [(paper,)] = rows(
        database,
        "SELECT arxiv_id FROM papers_paper WHERE NOT hidden "
        "ORDER BY first_seen DESC, arxiv_id DESC LIMIT 1 OFFSET 100",
    )
    [(papers,)] = rows(database, "SELECT count(*) FROM papers_paper WHERE NOT hidden")
    [(topic,)] = rows(database, "SELECT slug FROM papers_topic ORDER BY paper_count DESC LIMIT 1")
    [(fullest,)] = rows(
        database,
        "SELECT first_seen FROM papers_paper WHERE NOT hidden GROUP BY first_seen "
        "ORDER BY abs(count(*) - 300), first_seen LIMIT 1",
    )
    return {
        "front": "/",
        "list": "/papers/",
        "filtered list": f"/papers/?topic={topic}&zh=ok",
        "far page": f"/papers/?page={min(papers // 25, 1000)}",
        "paper": f"/papers/{paper}/",
        "search": "/papers/?q=language+model",
        "day": f"/days/{fullest}/",
        "feed": "/papers/feed.atom",
    }


def _peers(database: str, file: str, paper: str) -> tuple[str, str]:
    arxiv_id = paper.removeprefix("/papers/").strip("/")
    [(pk,)] = rows(database, f"SELECT id FROM papers_paper WHERE arxiv_id = '{arxiv_id}'")
    table = f"/{Path(file).stem}/papers_paper"
    tuned = f"{table}?_size=25&_nocount=1&_nofacet=1&_sort_desc=first_seen"
    return tuned, f"{table}/{pk}"


def _datasette(file: str, port: int):
    command = [sys.executable, "-m", "datasette", str(Path(file).resolve()), "--port", str(port)]
    return running([*command, "--setting", "default_page_size", "25"], port)


def _files(port: int, pages: dict[str, str], folder: Path) -> Path:
    files = folder / "files"
    files.mkdir()
    folder.chmod(0o755)
    (files / "list.html").write_bytes(get(port, pages["list"])[2])
    return files


def _nginx(folder: Path, port: int, files: Path):
    static = f"server {{ listen 127.0.0.1:{port + 5}; root {files}; etag on; }}"
    block = unlimited(front([port], port + 4, folder)) + static
    return running(nginx(folder, block), port + 5)


def _print(found: dict[str, float]) -> None:
    empty = found["empty"]
    print(f"an empty page: {empty:,.0f} a second\n")
    print(f"{'':16}{'cold':>9}{'/empty':>8}{'cached':>10}{'/empty':>8}{'304':>10}{'/empty':>8}")
    for page in [name.removesuffix(", cold") for name in found if name.endswith(", cold")]:
        row = [found[f"{page}, {how}"] for how in ("cold", "cached", "304")]
        print(
            f"{page:16}"
            + "".join(
                f"{value:>{width},.0f}{value / empty:8.2f}"
                for value, width in zip(row, (9, 10, 10), strict=True)
            )
        )
    print()
    for said, one, other, goal in (
        ("list, cold / empty", "list, cold", "empty", "≥ 0.3"),
        ("list, cached / empty", "list, cached", "empty", "≥ 1"),
        ("the same with a made-up cookie", "list, cookie", "empty", "≥ 1"),
        ("list, 304 / empty", "list, 304", "empty", "≥ 1.4"),
        ("list, cold / Datasette's table", "list, cold", "Datasette table", "≥ 4"),
        ("paper, cold / Datasette's row", "paper, cold", "Datasette row", "≥ 5"),
        ("list / feed, cold (time of the feed)", "list, cold", "feed, cold", "≤ 1.5"),
        ("list, cold / far page, cold", "list, cold", "far page, cold", "≤ 1.1"),
        ("two workers / one", "two workers", "list, cold", "≥ 1.9"),
        ("behind nginx / a file of nginx", "nginx, the site", "nginx, a file", "≥ 0.95"),
    ):
        print(f"{said:40}{found[one] / found[other]:8.2f}   goal {goal}")
    print(f"\nmemory of one worker of one, MB PSS: {found['one, MB']:.0f}")
    print(f"memory of the larger of two workers, MB PSS: {found['two, MB']:.0f}")
    print(f"memory of the node with two, MB PSS: {found['node, MB']:.0f}")


if __name__ == "__main__":
    main()
