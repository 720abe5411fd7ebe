"""Measure the cost of hostile headers for nginx with ``deploy/nginx.conf``, and readers' waits.

    python bench/front.py data/duizhao.sqlite3 [--file FILE] [--seconds 10] [--port 9170]

``--file`` names another configuration, for example of an older release. Prints

- cached pages per second for readers without cookies, with an invented session, and with an
  invented staff cookie
- the CPU time of nginx's one worker for a request whose Accept-Language repeats ``en,`` up to
  16 kB, and the status of the response
- how long readers of a cached page wait while one client sends 36 kB of such requests per second,
  of the length that costs most per byte and is not refused
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.serving import front, get, nginx, rate, running, site, unlimited  # noqa: E402

PAGE = "/papers/"
LENGTHS = (16_000, 7_000, 5_000, 3_000)  # characters of the header
SENT = 36_000  # bytes a second
COOKIES = {
    "no cookie": "",
    "a made-up session": "sessionid=0123456789abcdefghijklmnopqrstuv",
    "a made-up staff cookie": f"staff=MQ:1vAbCd:{'a' * 43}",
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("database", help="a SQLite file or PostgreSQL's address")
    arguments.add_argument("--file", type=Path, default=ROOT / "deploy" / "nginx.conf")
    arguments.add_argument("--seconds", type=int, default=10)
    arguments.add_argument("--port", type=int, default=9170, help="the first of two free ports")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder, port = Path(scratch), options.port + 1
        folder.chmod(0o755)
        block = unlimited(front([options.port], port, folder, options.file))
        with (
            site(options.database, options.port),
            running(nginx(folder, block), port) as process,
        ):
            for name, cookie in COOKIES.items():
                headers = {"Cookie": cookie} if cookie else {}
                print(f"kept pages a second, {name}: {rate(port, PAGE, 3, headers=headers):,.0f}")
            _waits(port, _costliest(port, process), options.seconds)


def _costliest(port: int, process: subprocess.Popen, times: int = 20) -> int:
    """Return the header length that costs the server most per byte."""
    costs = {}
    for length in LENGTHS:
        before = _processor_time(process)
        statuses = {_hostile(port, length) for _ in range(times)}
        each = (_processor_time(process) - before) / times
        print(f"Accept-Language of {length:,} characters: {each * 1000:,.1f} ms, {statuses}")
        if statuses == {200}:
            costs[length] = each / length
    return max(costs, key=lambda length: costs[length])


def _waits(port: int, length: int, seconds: int) -> None:
    print(f"honest readers alone: {_honest(port, seconds)}")
    done = threading.Event()
    attack = threading.Thread(target=_attack, args=(port, length, done))
    attack.start()
    print(f"with {SENT:,} bytes a second of {length:,} each: {_honest(port, seconds)}")
    done.set()
    attack.join()


def _honest(port: int, seconds: int) -> str:
    get(port, PAGE)
    times = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        started = time.perf_counter()
        get(port, PAGE)
        times.append(1000 * (time.perf_counter() - started))
        time.sleep(0.05)
    return f"median {statistics.median(times):,.1f} ms, worst {max(times):,.1f} ms"


def _attack(port: int, length: int, done: threading.Event) -> None:
    """Send requests without waiting for responses, as an attacker would."""
    open_ones: list[socket.socket] = []
    while not done.wait(length / SENT):
        one = socket.create_connection(("127.0.0.1", port))
        one.sendall(_request(length))
        open_ones.append(one)
    for one in open_ones:
        one.close()


def _hostile(port: int, length: int) -> int:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as one:
        one.sendall(_request(length))
        return int(one.makefile("rb").readline().split()[1])


def _request(length: int) -> bytes:
    header = ("en," * length)[:length]
    return f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: {header}\r\n\r\n".encode()


def _processor_time(process: subprocess.Popen) -> float:
    """Return the CPU seconds of the processes that nginx's main process has started."""
    children = subprocess.check_output(["pgrep", "-P", str(process.pid)], text=True).split()
    ticks = 0
    for child in children:
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
