"""A whole installation on this machine: primary, lagging replica, Redis, two web nodes, nginx.

Its files are below one folder; it listens on the loopback interface. PostgreSQL refuses to run as
root: started by root, its processes run as the user ``postgres``. Only root can cut a server off.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = Path(os.environ.get("POSTGRES_BIN", "/usr/lib/postgresql/15/bin"))
LAG = 2  # seconds
HOSTS = {"primary": "127.0.0.2", "replica": "127.0.0.3"}  # each can be cut off by itself
WORKERS = 2  # of each node
CUT = "duizhao-cut"  # a network card of no network

sys.path.insert(0, str(ROOT))
from bench.serving import front, nginx  # noqa: E402
from tests import cast  # noqa: E402


@dataclass
class Installation:
    """The processes of the installation; each can be started, stopped and cut off."""

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
        self.reconnect()  # where one that was killed has left something cut off
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

    # ---- Cutting a server off

    def cut_off(self, name: str) -> None:
        """Drop every packet to this server from now on, without an error."""
        _ip("link", "add", CUT, "type", "veth", "peer", "name", f"{CUT}2")
        Path(f"/proc/sys/net/ipv4/conf/{CUT}/route_localnet").write_text("1")
        _ip("link", "set", CUT, "arp", "off", "up")
        _ip("link", "set", f"{CUT}2", "up")
        _ip("route", "add", f"{HOSTS[name]}/32", "dev", CUT, "table", "local")

    def reconnect(self) -> None:
        """Make the servers reachable again; removing the device removes its route."""
        if Path(f"/sys/class/net/{CUT}").exists():
            _ip("link", "delete", CUT)


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
