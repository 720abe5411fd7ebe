"""What a stranger's inventions cost: the same page with and without them, in one run.

    python bench/strangers.py data/duizhao.sqlite3 [--runs 5] [--seconds 3] [--port 9190]

Requests a second, medians over interleaved runs; eight connections of wrk, one worker, directly and
behind ``deploy/nginx.conf``. Each page is asked for as it is, with a session's and a staff cookie
that were made up, and with a parameter that means nothing and is another one each time.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.serving import NEVER_ASKED, front, medians, nginx, rate, running, site  # noqa: E402

PAGES = ("/papers/", "/papers/?per=100")
MADE_UP = {"Cookie": "sessionid=made-up; staff=made-up"}
GOAL = 0.9


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("database", help="a SQLite file or PostgreSQL's address")
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--seconds", type=int, default=3)
    arguments.add_argument("--port", type=int, default=9190, help="the first of two free ports")
    options = arguments.parse_args()
    port = options.port
    with ExitStack() as stack, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        folder.chmod(0o755)
        script = folder / "never.lua"
        script.write_text(NEVER_ASKED, "utf-8")
        stack.enter_context(site(options.database, port))
        stack.enter_context(running(nginx(folder, front([port], port + 1, folder)), port + 1))
        measure = partial(rate, seconds=options.seconds)
        things = {}
        for where, at in (("the site", port), ("nginx", port + 1)):
            for page in PAGES:
                name = f"{where}, {page}"
                things[name] = partial(measure, at, page)
                things[f"{name}, cookies"] = partial(measure, at, page, headers=MADE_UP)
                things[f"{name}, parameter"] = partial(measure, at, page, script=script)
        _print(medians(things, options.runs))


def _print(measured: dict[str, float]) -> None:
    print(f"{'':28}{'as it is':>10}{'cookies':>10}{'ratio':>7}{'parameter':>11}{'ratio':>7}")
    for name, plain in measured.items():
        if f"{name}, cookies" in measured:
            cookies, parameter = measured[f"{name}, cookies"], measured[f"{name}, parameter"]
            print(
                f"{name:28}{plain:10,.0f}{cookies:10,.0f}{cookies / plain:7.2f}"
                f"{parameter:11,.0f}{parameter / plain:7.2f}"
            )
    print(f"goal: a made-up cookie costs no more than a tenth (≥ {GOAL})")


if __name__ == "__main__":
    main()
