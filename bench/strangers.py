"""Measure what invented cookies and parameters cost: the same page with and without them.

    python bench/strangers.py data/duizhao.sqlite3 [--runs 5] [--seconds 3] [--port 9190]

Responses per second of the worker's CPU time (the machine may be busy otherwise), medians of
interleaved runs; eight connections of wrk, one worker. Each page is requested as it is, with an
invented session cookie, with a staff cookie added, and with a meaningless parameter that differs
each time. ``bench/front.py`` measures nginx.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.serving import NEVER_ASKED, medians, rate, site  # noqa: E402

PAGES = ("/papers/", "/papers/?per=100")
SESSION = {"Cookie": "sessionid=made-up"}
STAFF = {"Cookie": "sessionid=made-up; staff=made-up"}
HOW = ("session", "staff", "parameter")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("database", help="a SQLite file or PostgreSQL's address")
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--seconds", type=int, default=3)
    arguments.add_argument("--port", type=int, default=9190, help="a free port")
    options = arguments.parse_args()
    port = options.port
    with ExitStack() as stack, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        script = folder / "never.lua"
        script.write_text(NEVER_ASKED, "utf-8")
        server = stack.enter_context(site(options.database, port))
        measure = partial(_rate, server, port, seconds=options.seconds)
        things = {}
        for page in PAGES:
            things[page] = partial(measure, page)
            things[f"{page}, session"] = partial(measure, page, headers=SESSION)
            things[f"{page}, staff"] = partial(measure, page, headers=STAFF)
            things[f"{page}, parameter"] = partial(measure, page, script=script)
        _print(medians(things, options.runs))


def _rate(server: subprocess.Popen, port: int, path: str, seconds: int, **asked) -> float:
    """Return the responses per second of the worker's CPU time."""
    began = _processor_seconds(server)
    answers = rate(port, path, seconds, **asked) * seconds
    return answers / max(_processor_seconds(server) - began, 0.01)


def _processor_seconds(server: subprocess.Popen) -> float:
    """Return the CPU seconds that the server's workers have used so far."""
    children = ["pgrep", "-P", str(server.pid)]
    workers = subprocess.run(children, capture_output=True, text=True).stdout
    ticks = 0
    for worker in workers.split():
        said = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
        ticks += int(said[11]) + int(said[12])  # of its own and of the kernel for it
    return ticks / os.sysconf("SC_CLK_TCK")


def _print(measured: dict[str, float]) -> None:
    print(f"{'':28}{'as it is':>10}" + "".join(f"{how:>11}{'ratio':>7}" for how in HOW))
    for name, plain in measured.items():
        if f"{name}, session" in measured:
            row = [measured[f"{name}, {how}"] for how in HOW]
            ratios = "".join(f"{one:11,.0f}{one / plain:7.2f}" for one in row)
            print(f"{name:28}{plain:10,.0f}{ratios}")
    print("goal: with a made-up session cookie at least 0.9")


if __name__ == "__main__":
    main()
