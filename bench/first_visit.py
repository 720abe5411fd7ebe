"""Measure a first visit on a slow phone, as Lighthouse simulates it.

    npm install lighthouse
    CHROME_PATH=/usr/bin/chromium python bench/first_visit.py data/duizhao.sqlite3 \
        --lighthouse node_modules/.bin/lighthouse [--runs 3]

Lighthouse's own settings: a phone of 412 pixels, 150 ms there and back, 1.6 Mbit/s, a processor
four times slower. Prints each page's scores, the milliseconds to its first paint, and its requests.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.serving import rows, site  # noqa: E402

PARTS = ("performance", "accessibility", "best-practices", "seo")
CHROME = "--chrome-flags=--headless --no-sandbox --disable-gpu"
FIRST_PORT = 9200


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("database", help="a SQLite file or PostgreSQL's address")
    arguments.add_argument("--lighthouse", required=True, help="the program")
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--port", type=int, default=FIRST_PORT, help="a free port")
    options = arguments.parse_args()
    for page, visits in measured(
        options.database, options.lighthouse, options.runs, options.port
    ).items():
        for visit in visits:
            scores = " ".join(f"{visit[part]:.0f}" for part in PARTS)
            print(f"{page:12} {scores}  {visit['paint']:.0f} ms, {visit['requests']:.0f} requests")


def measured(
    database: str, lighthouse: str, runs: int, port: int = FIRST_PORT
) -> dict[str, list[dict[str, float]]]:
    """Return the visits of each page: scores of 100, milliseconds to the first paint, requests."""
    [(paper,)] = rows(
        database, "SELECT arxiv_id FROM papers_paper WHERE zh_state = 'ok' ORDER BY id LIMIT 1"
    )
    pages = {"front": "/", "list": "/papers/", "paper": f"/papers/{paper}/"}
    with site(database, port):
        return {
            name: [_visit(lighthouse, f"http://127.0.0.1:{port}{path}") for _ in range(runs)]
            for name, path in pages.items()
        }


def median(visits: list[dict[str, float]], what: str) -> float:
    return statistics.median(visit[what] for visit in visits)


def _visit(lighthouse: str, address: str) -> dict[str, float]:
    command = [lighthouse, address, "--quiet", "--output=json", CHROME]
    command.append(f"--only-categories={','.join(PARTS)}")
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    audits = said["audits"]
    return {
        **{part: 100 * said["categories"][part]["score"] for part in PARTS},
        "paint": audits["first-contentful-paint"]["numericValue"],
        "requests": len(audits["network-requests"]["details"]["items"]),
    }


if __name__ == "__main__":
    main()
