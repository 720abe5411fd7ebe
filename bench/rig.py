"""A whole installation on this machine, under load, while things happen to it.

    python bench/rig.py [--seconds 6] [--port 9190] [--keep]

Starts, on the loopback interface and in a temporary folder: a PostgreSQL primary, a streaming
replica that lags by two seconds, Redis, two web nodes, and nginx with ``deploy/nginx.conf`` before
them. Loads both nodes with wrk, half of it with addresses never asked for before, and while they
are loaded imports a day, edits a paper, kills a worker, restarts Redis, takes the primary away,
cuts off the primary and then the replica (their packets get lost, as if the host was gone), stops
the replica, restarts the primary. For each event it prints what the clients got, and ends with
status 1 where a page was stale after an edit, a node answered 500, a 503 came without Retry-After,
a page or a search failed that the replica could have answered, or more than one reader of a worker
waited for a host that is cut off.

PostgreSQL refuses to run as root: started by root, its processes run as the user ``postgres``. Only
root can cut off a host: for others these two events are left out.
"""

import argparse
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = Path(os.environ.get("POSTGRES_BIN", "/usr/lib/postgresql/15/bin"))
LAG = 2  # seconds
HOSTS = {"primary": "127.0.0.2", "replica": "127.0.0.3"}  # each can be cut off by itself
WORKERS = 2  # of each node
FOUND_AFTER = 11  # seconds that a node may take to see that a host is there again
CUT = "duizhao-cut"  # a network card of no network

sys.path.insert(0, str(ROOT))
from bench.serving import front, nginx  # noqa: E402
from tests import cast  # noqa: E402

PAGES = ["/", "/papers/", f"/papers/{cast.LAMP}/", "/topics/ro/", "/papers/feed.atom", "/days/"]
WRK = """
local pages = {%s}
local asked = 0
counts = ""
local seen = {}
request = function()
  asked = asked + 1
  local page = pages[asked %% #pages + 1]
  if asked %% 2 == 0 then page = page .. "?never=" .. os.time() .. "-" .. asked end
  return wrk.format("GET", page)
end
response = function(status, headers)
  local name = tostring(status)
  if status == 503 and not headers["Retry-After"] then name = "503 without Retry-After" end
  seen[name] = (seen[name] or 0) + 1
  counts = ""
  for status, number in pairs(seen) do counts = counts .. status .. "=" .. number .. ";" end
end
local threads = {}
setup = function(thread) table.insert(threads, thread) end
done = function(summary)
  for _, thread in ipairs(threads) do io.write("COUNTS ", thread:get("counts"), "\\n") end
  local e = summary.errors
  io.write("BROKEN ", e.connect + e.read + e.write + e.timeout, "\\n")
end
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--seconds", type=int, default=6, help="of load for each event")
    arguments.add_argument("--port", type=int, default=9190, help="the first of six free ports")
    arguments.add_argument("--keep", action="store_true", help="leave it running until Enter")
    options = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing is left running
    with tempfile.TemporaryDirectory(prefix="duizhao-rig-") as folder:
        os.chmod(folder, 0o755)
        rig = Rig(Path(folder), options.port)
        try:
            rig.start()
            faults = Events(rig, options.seconds).run()
            if options.keep:
                input(f"http://127.0.0.1:{rig.ports['front']}/ runs; Enter ends it. ")
        finally:
            rig.stop()
    for fault in faults:
        print(f"WRONG: {fault}")
    sys.exit(bool(faults))


@dataclass
class Rig:
    """The processes, and how to start and stop each."""

    folder: Path
    first_port: int
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = ("primary", "replica", "redis", "node1", "node2", "front")
        self.ports = {name: self.first_port + number for number, name in enumerate(names)}
        self.nodes = [self.ports["node1"], self.ports["node2"]]

    def environment(self) -> dict[str, str]:
        def address(name: str) -> str:
            return f"postgres://postgres@{HOSTS[name]}:{self.ports[name]}/duizhao"

        return {
            **os.environ,
            "DATABASE_URL": address("primary"),
            "REPLICA_URLS": address("replica"),
            "CACHE_URL": f"redis://127.0.0.1:{self.ports['redis']}/0",
            "SECRET_KEY": "only for the rig " * 4,
            "WEB_CONCURRENCY": str(WORKERS),
            "TRUSTED_PROXIES": "1",
        }

    def start(self) -> None:
        self._make_primary()
        self.manage("collectstatic", "--noinput", "-v0")
        self.manage("migrate", "-v0")
        cast.write_digests(self.folder / "cast")
        self.manage("import_digests", self.folder / "cast")
        self._make_replica()
        self.start_redis()
        for name in ("node1", "node2"):
            self._start_node(name)
        self._start_front()

    def stop(self) -> None:
        self.reconnect()
        for process in reversed(list(self.processes.values())):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
        for name in ("replica", "primary"):
            if (self.folder / name).is_dir():
                self.pg_ctl("stop", name, "-m", "immediate", check=False)

    def manage(self, *arguments: object) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{' '.join(command)}\n{done.stderr}")
        return done.stdout

    # ---- PostgreSQL

    def pg_ctl(self, verb: str, name: str, *more: str, check: bool = True) -> None:
        log = str(self.folder / f"{name}.log")
        self._as_postgres(
            "pg_ctl", verb, "-D", str(self.folder / name), "-l", log, "-w", *more, check=check
        )

    def _as_postgres(self, program: str, *arguments: str, check: bool = True) -> None:
        who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*who, str(POSTGRES / program), *arguments]
        # (Not captured: a server that pg_ctl starts would hold the pipe open.)
        with open(self.folder / "postgres.out", "a") as out:
            subprocess.run(command, check=check, stdout=out, stderr=out, cwd="/")

    def _make_primary(self) -> None:
        data = self._data_folder("primary")
        self._as_postgres("initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8")
        self._configure("primary", wal_level="replica", max_wal_senders="5")
        self.pg_ctl("start", "primary")
        address = ["-h", HOSTS["primary"], "-p", str(self.ports["primary"]), "-U", "postgres"]
        self._as_postgres("createdb", *address, "duizhao")

    def _make_replica(self) -> None:
        data = self._data_folder("replica")
        address = ["-h", HOSTS["primary"], "-p", str(self.ports["primary"]), "-U", "postgres"]
        self._as_postgres("pg_basebackup", *address, "-D", str(data), "-R", "-c", "fast")
        self._configure("replica", recovery_min_apply_delay=f"'{LAG}s'", hot_standby_feedback="on")
        self.pg_ctl("start", "replica")

    def _data_folder(self, name: str) -> Path:
        data = self.folder / name
        data.mkdir(mode=0o700)
        (self.folder / f"{name}.log").touch()
        if os.geteuid() == 0:
            for path in (data, self.folder / f"{name}.log"):
                shutil.chown(path, "postgres", "postgres")
        return data

    def _configure(self, name: str, **settings: str) -> None:
        lines = {
            "port": str(self.ports[name]),
            "listen_addresses": f"'{HOSTS[name]}'",
            "unix_socket_directories": "''",
            "shared_buffers": "64MB",
            **settings,
        }
        with open(self.folder / name / "postgresql.conf", "a") as file:
            file.writelines(f"{key} = {value}\n" for key, value in lines.items())

    def cut_off(self, name: str) -> None:
        """From now on every packet to this server gets lost on the way, without a word."""
        _ip("link", "add", CUT, "type", "veth", "peer", "name", f"{CUT}2")
        Path(f"/proc/sys/net/ipv4/conf/{CUT}/route_localnet").write_text("1")
        _ip("link", "set", CUT, "arp", "off", "up")
        _ip("link", "set", f"{CUT}2", "up")
        _ip("route", "add", f"{HOSTS[name]}/32", "dev", CUT, "table", "local")

    def reconnect(self) -> None:
        """Whatever was cut off can be reached again; its route goes with the card."""
        if Path(f"/sys/class/net/{CUT}").exists():
            _ip("link", "delete", CUT)

    # ---- Redis, the nodes, the front

    def start_redis(self) -> None:
        port = str(self.ports["redis"])
        command = ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", ""]
        self._spawn("redis", [*command, "--dir", str(self.folder)])

    def _start_node(self, name: str) -> None:
        bind = f"--bind 127.0.0.1:{self.ports[name]}"
        environment = {**self.environment(), "WEB_THREADS": "1", "GUNICORN_CMD_ARGS": bind}
        self._spawn(name, [sys.executable, "-m", "gunicorn"], environment)

    def _start_front(self) -> None:
        block = front(self.nodes, self.ports["front"], self.folder)
        self._spawn("front", nginx(self.folder, block))

    def _spawn(self, name: str, command: list[str], environment: dict | None = None) -> None:
        with open(self.folder / f"{name}.out", "a") as out:
            self.processes[name] = subprocess.Popen(
                command, env=environment, stdout=out, stderr=out, cwd=ROOT
            )
        _wait_for(self.ports[name], self.folder / f"{name}.out")


def can_cut_off() -> bool:
    return os.geteuid() == 0 and bool(shutil.which("ip"))


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)


def _wait_for(port: int, log: Path) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"Nothing listens on port {port}.\n{log.read_text('utf-8')[-2000:]}")


class Events:
    """What happens, and what the clients get meanwhile."""

    def __init__(self, rig: Rig, seconds: int) -> None:
        self.rig, self.seconds = rig, seconds
        self.faults: list[str] = []
        script = rig.folder / "load.lua"
        script.write_text(WRK % ", ".join(json.dumps(page) for page in PAGES), "utf-8")
        self.script = script

    def run(self) -> list[str]:
        print(f"{'event':22}{'answers':>9}{'200':>9}{'503':>7}{'500':>6}{'other':>7}{'broken':>8}")
        for name, happen in self._events():
            self._while_loaded(name, happen)
        self._through_the_front()
        return self.faults

    def _events(self) -> Iterator[tuple[str, Callable[[], None]]]:
        yield "nothing", lambda: None
        yield "a day is imported", self._import
        yield "a paper is edited", self._edit
        yield "a worker is killed", self._kill_worker
        yield "Redis restarts", self._restart_redis
        yield "the primary is away", self._lose_primary
        if can_cut_off():
            yield "the primary is cut off", lambda: self._cut_off("primary")
            yield "the replica is cut off", lambda: self._cut_off("replica")
        else:
            print("(Only root can cut off a host, and needs iproute2: that is left out.)")
        yield "the replica stops", self._stop_replica
        yield "the primary restarts", self._restart_primary
        yield "nothing, afterwards", self._edit

    def _while_loaded(self, name: str, happen: Callable[[], None]) -> None:
        command = ["wrk", "-t1", "-c4", f"-d{self.seconds}s", "--timeout", "10s"]
        loads = [
            subprocess.Popen(
                [*command, "-s", str(self.script), f"http://127.0.0.1:{port}"],
                stdout=subprocess.PIPE,
                text=True,
            )
            for port in self.rig.nodes
        ]
        time.sleep(self.seconds / 4)
        happen()
        counts: dict[str, int] = {}
        broken = 0
        for load in loads:
            for line in load.communicate()[0].splitlines():
                kind, _, said = line.partition(" ")
                if kind == "COUNTS":
                    for part in filter(None, said.split(";")):
                        status, _, number = part.partition("=")
                        counts[status] = counts.get(status, 0) + int(number)
                elif kind == "BROKEN":
                    broken += int(said)
        self._tell(name, counts, broken)

    def _tell(self, name: str, counts: dict[str, int], broken: int) -> None:
        known = {status: counts.get(status, 0) for status in ("200", "503", "500")}
        total = sum(counts.values())
        other = total - sum(known.values())
        print(
            f"{name:22}{total:9,}"
            f"{known['200']:9,}{known['503']:7,}{known['500']:6,}{other:7,}{broken:8,}",
            flush=True,
        )
        if known["500"] or other:
            self.faults.append(f"{name}: {counts}")

    # ---- the events

    def _import(self) -> None:
        folder = self.rig.folder / "later" / cast.LANTERN / "30-Jan-2025" / "AI"
        folder.mkdir(parents=True)
        text = cast.record_text("2501.97099", "Later Lamps", "后来的灯")
        (folder / "README.md").write_text(text, "utf-8")
        self.rig.manage("import_digests", self.rig.folder / "later")
        self._must_show("/papers/2501.97099/", "Later Lamps")

    def _edit(self) -> None:
        title = f"Lamps at {time.time():.3f}"
        self.rig.manage(
            "shell",
            "-v0",
            "-c",
            "from django.contrib.auth.models import AnonymousUser\n"
            "from papers import curation\n"
            "from papers.models import Paper\n"
            f"paper = Paper.objects.get(arxiv_id={cast.LAMP!r})\n"
            f"curation.edit(paper, 'title_en', {title!r}, AnonymousUser())",
        )
        self._must_show(f"/papers/{cast.LAMP}/", title)

    def _must_show(self, path: str, text: str) -> None:
        """At the very next request, of each node, and from then on."""
        for _ in range(20):
            for port in self.rig.nodes:
                status, _, body = get(port, path)
                if status == 200 and text not in body:
                    self.faults.append(f"{path} of the node on {port} is stale: no {text!r}")
                    return

    def _kill_worker(self) -> None:
        master = self.rig.processes["node1"].pid
        workers = subprocess.check_output(["pgrep", "-P", str(master)], text=True).split()
        os.kill(int(workers[0]), signal.SIGKILL)

    def _restart_redis(self) -> None:
        self.rig.processes["redis"].kill()
        self.rig.processes["redis"].wait()
        time.sleep(self.seconds / 4)
        self.rig.start_redis()

    def _lose_primary(self) -> None:
        """The replica has the last version: whatever a reader asks for is made from it."""
        time.sleep(2 * LAG)
        for port in self.rig.nodes:
            get(port, "/papers/")
        self.rig.pg_ctl("stop", "primary", "-m", "fast")
        for port in self.rig.nodes:
            for path in ("/papers/?", "/papers/?q=lamps&", "/suggest?q=lam&", "/papers.csv?"):
                status, _, _ = get(port, f"{path}never={time.time()}")
                if status != 200:
                    self.faults.append(f"primary away, replica there: {path} is {status}")
        self.rig.pg_ctl("start", "primary")

    def _cut_off(self, name: str) -> None:
        """Each worker finds it out once; then all pages are there, and at once."""
        time.sleep(2 * LAG)
        for port in self.rig.nodes:
            get(port, "/papers/")
        self.rig.cut_off(name)
        waits = [self._wait_of_a_reader(port, name) for _ in range(40) for port in self.rig.nodes]
        self.rig.reconnect()
        long = sorted(wait for wait in waits if wait > 1)
        print(f"  {len(waits)} readers, who waited: {[round(wait, 1) for wait in long]} s")
        if len(long) > WORKERS * len(self.rig.nodes):
            self.faults.append(f"{name} cut off: {len(long)} readers waited")
        time.sleep(FOUND_AFTER)
        self._edit()

    def _wait_of_a_reader(self, port: int, name: str) -> float:
        began = time.monotonic()
        status, _, _ = get(port, f"/papers/?never={time.time()}")
        if status != 200:
            self.faults.append(f"{name} cut off: a page is {status}")
        return time.monotonic() - began

    def _stop_replica(self) -> None:
        self.rig.pg_ctl("stop", "replica", "-m", "immediate")

    def _restart_primary(self) -> None:
        """The replica is gone already: what is kept is served, the rest is 503."""
        kept = "/papers/?asked=before"
        for port in self.rig.nodes:
            get(port, kept)
        self.rig.pg_ctl("stop", "primary", "-m", "fast")
        for port in self.rig.nodes:
            status, _, _ = get(port, kept)
            if status != 200:
                self.faults.append(f"primary down: a kept page is {status}")
            status, headers, _ = get(port, f"/papers/?never={time.time()}")
            if status != 503 or "Retry-After" not in headers:
                self.faults.append(f"primary down: a page that is not kept is {status}")
        self.rig.pg_ctl("start", "primary")
        self.rig.pg_ctl("start", "replica")
        time.sleep(1)
        for port in self.rig.nodes:
            status, _, _ = get(port, f"/papers/?again={time.time()}")
            if status != 200:
                self.faults.append(f"primary back: a page is {status}")

    def _through_the_front(self) -> None:
        """nginx keeps a page for readers of one language, and none for anybody else."""
        port = self.rig.ports["front"]
        seen = [
            get(port, "/papers/?front=1", language)[1].get("X-Cache")
            for language in ("en", "en-GB,en;q=0.9", "zh-CN,zh;q=0.9,en;q=0.8", "zh")
        ]
        print(f"nginx: {seen}")
        if seen != ["MISS", "HIT", "MISS", "HIT"]:
            self.faults.append(f"nginx: {seen}")
        english, chinese = (get(port, "/papers/?front=1", one)[2] for one in ("en", "zh"))
        if english == chinese or "后来的灯" in english or "后来的灯" not in chinese:
            self.faults.append("nginx gives readers of two languages the wrong page")
        signed_in = get(port, "/papers/?front=1", "en", "sessionid=somebody")[1].get("X-Cache")
        if signed_in not in (None, "BYPASS"):
            self.faults.append(f"nginx answers somebody signed in from what it keeps: {signed_in}")


def get(port: int, path: str, language: str = "en", cookie: str = "") -> tuple[int, dict, str]:
    """Status, headers and text; status 0 where the connection broke."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Accept-Language": language} | ({"Cookie": cookie} if cookie else {})
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, {}, ""
    finally:
        connection.close()


if __name__ == "__main__":
    main()
