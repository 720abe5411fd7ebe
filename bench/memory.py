"""The memory of processes in MB PSS: memory that several share is divided among them."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

EVERY = 0.1  # seconds between two looks


def of_process(pid: int) -> float:
    """Return the memory of a process; nothing if it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024
    return 0.0


def peak_of_this() -> float:
    """Return the most memory that this process ever had, whatever its parent had (unlike
    ``ru_maxrss``)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def of_tree(pid: int) -> float:
    """Return the memory of a process and of all that it started."""
    return of_process(pid) + sum(map(of_tree, children(pid)))


def children(pid: int) -> Iterator[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            yield from map(int, (task / "children").read_text().split())


def peak(process: subprocess.Popen) -> float:
    """Wait for the process to end; return the most memory that its tree had."""
    most = 0.0
    while process.poll() is None:
        most = max(most, of_tree(process.pid))
        time.sleep(EVERY)
    return most
