"""Measure how the cost of each page grows with the number of papers: a table and a plot.

    python bench/scale.py SLICE.sqlite3 WHOLE.sqlite3 LARGE.sqlite3 [--plot docs/scale.svg]
    python bench/scale.py postgres://…/slice postgres://…/whole

Each database is served by one worker; pages are requested one at a time, each at a new address, the
databases in turn. Printed: the median milliseconds of a page, and the ratio to the smallest.
"""

import argparse
import math
import sys
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.serving import get, medians, rows, site  # noqa: E402

COLOURS = ("#a5301c", "#1e1c19", "#3b6ea5", "#7a8b3c", "#b07d2b", "#6b4c8a", "#2f8f83", "#8a8177")
FIRST_PORT = 9180
DASHES = ("", ' stroke-dasharray="5 3"', ' stroke-dasharray="1 3"')


def main() -> None:
    options = _arguments()
    counts, taken = measured(options.databases, options.runs, options.port)
    _print(taken, counts)
    if options.plot:
        options.plot.write_text(plot(taken, counts), "utf-8")


def measured(
    databases: list[str], runs: int, first_port: int
) -> tuple[list[int], dict[str, list[float]]]:
    """Return the number of papers of each database, and by page its milliseconds there."""
    with ExitStack() as stack:
        things, sizes = {}, {}
        for port, database in enumerate(databases, first_port):
            stack.enter_context(site(database, port, settings="bench.cold_settings"))
            sizes[database], pages = _look(database)
            for name, path in pages.items():
                things[name, database] = partial(_milliseconds, port, path)
        found = medians(things, runs)
    taken = {name: [found[name, one] for one in databases] for name in pages}
    return [sizes[database] for database in databases], taken


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument(
        "databases", nargs="+", help="SQLite files or PostgreSQL's addresses, the smallest first"
    )
    arguments.add_argument("--runs", type=int, default=30)
    arguments.add_argument("--port", type=int, default=FIRST_PORT, help="the first of free ports")
    arguments.add_argument("--plot", type=Path, help="an SVG file to write")
    return arguments.parse_args()


def _look(database: str) -> tuple[int, dict[str, str]]:
    find = partial(rows, database)
    [(papers,)] = find("SELECT sum(papers) FROM papers_tally WHERE topic_id IS NULL")
    [(author,)] = find("SELECT key FROM papers_author ORDER BY paper_count DESC LIMIT 1")
    (one, pk), (other, _) = find(
        "SELECT slug, id FROM papers_topic ORDER BY paper_count DESC LIMIT 2"
    )
    [(paper,)] = find(
        f"SELECT arxiv_id FROM papers_papertopic WHERE topic_id = {pk} ORDER BY id LIMIT 1"
    )
    [(day,)] = find("SELECT max(day) FROM papers_tally")
    last = max(int(papers) // 25, 1)
    return int(papers), {
        "front page": "/",
        "list, page 1": "/papers/",
        "list, page 1,000": f"/papers/?page={min(last, 1000)}",
        "list, middle page": f"/papers/?page={last // 2}",
        "list, last page": f"/papers/?page={last}",
        "topic and Chinese": f"/papers/?topic={one}&zh=suspect",
        "two topics": f"/papers/?topic={one}&topic={other}",
        "dates": f"/papers/?from={day}&to={day}",
        "author": f"/authors/{author}/",
        "author and topic": f"/papers/?author={author}&topic={one}",
        "names": "/authors/?q=wang",
        "paper": f"/papers/{paper}/",
        "paper in a topic's list": f"/papers/{paper}/?list=/topics/{one}/",
        "calendar": "/days/",
        "topics": "/topics/",
        "feed": "/papers/feed.atom",
        "topic's feed": f"/topics/{one}/feed.atom?zh=ok",
        "search, rare": "/papers/?q=quaternion",
        "search, frequent": "/papers/?q=language+model",
        "its feed": "/papers/feed.atom?q=language+model",
    }


def _milliseconds(port: int, path: str) -> float:
    get(port, path)  # wakes the process: a machine may have put away the memory of one that waits
    started = time.perf_counter()
    status, _, _ = get(port, path)
    if status != 200:
        sys.exit(f"{path} is answered by {status}.")
    return 1000 * (time.perf_counter() - started)


def _print(taken: dict[str, list[float]], counts: list[int]) -> None:
    print("| page | " + " | ".join(f"{count:,} papers" for count in counts) + " | growth |")
    print("|---|" + "---:|" * (len(counts) + 1))
    for name, values in taken.items():
        cells = " | ".join(f"{value:.1f} ms" for value in values)
        print(f"| {name} | {cells} | {values[-1] / values[0]:.2f} |")


def plot(taken: dict[str, list[float]], counts: list[int]) -> str:
    """Return an SVG plot of milliseconds against papers, both axes logarithmic."""
    width, height, left, right, top, bottom = 760, 380, 60, 190, 20, 50
    low, high = math.log10(min(counts)), math.log10(max(counts))
    most = math.log10(max(max(values) for values in taken.values()) * 1.3)
    least = math.log10(min(min(values) for values in taken.values()) / 1.3)

    def x(count: int) -> float:
        return left + (math.log10(count) - low) / ((high - low) or 1) * (width - left - right)

    def y(value: float) -> float:
        return top + (most - math.log10(value)) / (most - least) * (height - top - bottom)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12" role="img" '
        'aria-label="Milliseconds of each page by the number of papers">',
        f'<rect width="{width}" height="{height}" fill="#fbfaf6"/>',
    ]
    for count in counts:
        parts.append(
            f'<text x="{x(count):.0f}" y="{height - 24}" text-anchor="middle">{count:,}</text>'
        )
        parts.append(f'<path d="M{x(count):.0f} {top}V{height - bottom}" stroke="#e4dfd5"/>')
    for value in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        if least < math.log10(value) < most:
            parts.append(
                f'<text x="{left - 8}" y="{y(value) + 4:.0f}" text-anchor="end">{value} ms</text>'
            )
            parts.append(f'<path d="M{left} {y(value):.0f}H{width - right}" stroke="#e4dfd5"/>')
    ends = sorted((y(values[-1]), name) for name, values in taken.items())
    at = {}
    last = 0.0
    for place, name in ends:  # names that would lie on one another move down
        last = at[name] = max(place, last + 14)
    for number, (name, values) in enumerate(taken.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join(f"{x(c):.0f},{y(v):.1f}" for c, v in zip(counts, values, strict=True))
        dashes = DASHES[number // len(COLOURS)]
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}"{dashes}/>')
        parts.append(
            f'<text x="{width - right + 8}" y="{at[name] + 4:.0f}" fill="{colour}">{name}</text>'
        )
    parts.append(f'<text x="{(width - right) / 2:.0f}" y="{height - 6}">papers</text></svg>')
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
