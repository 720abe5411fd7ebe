"""Run a whole installation under load while things break, and report what clients get.

    python bench/rig.py [--seconds 6] [--port 9190] [--keep]

It starts, on the loopback interface and in a temporary folder, a PostgreSQL primary, a streaming
replica that lags by two seconds, Redis, two web nodes, and nginx with ``deploy/nginx.conf`` in
front of them. It loads both nodes with wrk, half of it with new addresses. Meanwhile it imports a
day, edits a paper, kills a worker, restarts Redis, stops the primary, cuts off the primary and then
the replica (their packets get lost, as if the host was gone), stops the replica and restarts the
primary. For each event it prints what the clients got. The exit status is 1 if a page was stale
after an edit, a node answered 500, a 503 came without Retry-After, a page or search failed that the
replica could have answered, or more than one reader per worker waited for a host that is cut off.

PostgreSQL refuses to run as root: started by root, its processes run as the user ``postgres``. Only
root can cut off a host; otherwise these two events are omitted.
"""

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOUND_AFTER = 11  # seconds that a node may take to see that a host is there again

sys.path.insert(0, str(ROOT))
from bench.installation import LAG, WORKERS, Installation, can_cut_off  # noqa: E402
from tests import cast  # noqa: E402

PAGES = ["/", "/papers/", f"/papers/{cast.LAMP}/", "/topics/ro/", "/papers/feed.atom", "/days/"]
# Of the form that signing in gives, which nginx goes by; the site sees that it is not signed.
FORGED_STAFF = f"staff=1:1vAbCd:{'a' * 43}"
WRK = """
local pages = {%s}
local asked = 0
counts = ""
local seen = {}
request = function()
  asked = asked + 1
  local page = pages[asked %% #pages + 1]
  local name = page:find("feed", 1, true) and "source" or "lang"
  if asked %% 2 == 0 then page = page .. "?" .. name .. "=" .. os.time() .. "-" .. asked end
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
        rig = Installation(Path(folder), options.port)
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


class Events:
    """The events, and what the clients get during each."""

    def __init__(self, rig: Installation, seconds: int) -> None:
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
        """Check that each node shows the text at the very next request, and keeps showing it."""
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
        """Stop the primary. The replica has the last version, so every page can be made from it."""
        time.sleep(2 * LAG)
        for port in self.rig.nodes:
            get(port, "/papers/")
        self.rig.pg_ctl("stop", "primary", "-m", "fast")
        for port in self.rig.nodes:
            for path in ("/papers/?lang=", "/papers/?q=lamps&lang=", "/suggest?q=lam&ui="):
                status, _, _ = get(port, f"{path}{time.time()}")
                if status != 200:
                    self.faults.append(f"primary away, replica there: {path} is {status}")
        self.rig.pg_ctl("start", "primary")

    def _cut_off(self, name: str) -> None:
        """Cut the host off. Each worker notices once; then all pages are served at once."""
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
        status, _, _ = get(port, f"/papers/?lang={time.time()}")
        if status != 200:
            self.faults.append(f"{name} cut off: a page is {status}")
        return time.monotonic() - began

    def _stop_replica(self) -> None:
        self.rig.pg_ctl("stop", "replica", "-m", "immediate")

    def _restart_primary(self) -> None:
        """Restart the primary without a replica: cached pages are served, others are 503."""
        kept = "/papers/?per=50"
        for port in self.rig.nodes:
            get(port, kept)
        self.rig.pg_ctl("stop", "primary", "-m", "fast")
        for port in self.rig.nodes:
            status, _, _ = get(port, kept)
            if status != 200:
                self.faults.append(f"primary down: a kept page is {status}")
            status, headers, _ = get(port, f"/papers/?lang={time.time()}")
            if status != 503 or "Retry-After" not in headers:
                self.faults.append(f"primary down: a page that is not kept is {status}")
        self.rig.pg_ctl("start", "primary")
        self.rig.pg_ctl("start", "replica")
        time.sleep(1)
        for port in self.rig.nodes:
            status, _, _ = get(port, f"/papers/?lang={time.time()}")
            if status != 200:
                self.faults.append(f"primary back: a page is {status}")

    def _through_the_front(self) -> None:
        """Check that nginx caches pages by language, and none for other visitors."""
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
        for cookie, expected in (("sessionid=somebody", "HIT"), (FORGED_STAFF, "BYPASS")):
            found = get(port, "/papers/?front=1", "en", cookie)[1].get("X-Cache")
            if found != expected:
                self.faults.append(f"nginx, with the cookie {cookie}: {found}, not {expected}")


def get(port: int, path: str, language: str = "en", cookie: str = "") -> tuple[int, dict, str]:
    """Return status, headers and text; status 0 if the connection broke."""
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
