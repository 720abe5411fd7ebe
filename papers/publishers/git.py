"""Run git on a foreign repository: bounded in time and size, and nothing of it is executed.

Neither settings of the user or the machine, nor hooks, filters, submodules and links of the
repository take effect. git never asks for credentials and speaks https and file alone.
"""

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from papers.publishers.allowance import MAX_BYTES, MAX_SECONDS, MAX_SILENCE
from papers.publishers.errors import FetchFailed
from papers.text.sanitize import readable

Progress = Callable[[int], object]
"""Called now and then with the bytes of the checkout so far."""

_SETTINGS = {
    "advice.detachedHead": "false",
    "core.attributesFile": os.devnull,
    "core.autocrlf": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.symlinks": "false",  # a link becomes a small file that names its target
    "credential.helper": "",
    "fetch.recurseSubmodules": "false",
    "gc.autoDetach": "false",
    "http.lowSpeedLimit": "1",
    "http.lowSpeedTime": str(MAX_SILENCE),
    "submodule.recurse": "false",
}
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "file:https",
    "GIT_ASKPASS": "false",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "HOME": "/nonexistent",  # curl reads passwords from ~/.netrc
    "LC_ALL": "C",
}
_TAKEN_ALONG = ("PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "TMPDIR")
_PROXIES = ("http_proxy", "https_proxy", "no_proxy", "all_proxy")
_BETWEEN_LOOKS = 2.0  # seconds between two looks at time and size
_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def git(
    *arguments: str, grows: Path | None = None, progress: Progress = lambda size: None
) -> bytes:
    """Return what git printed. ``grows`` is the folder that it fills, if any. Raise FetchFailed."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        try:
            process = _start(arguments, out, errors)
        except OSError as error:
            raise FetchFailed(f"git cannot be run ({error.strerror}); install git.") from None
        try:
            _watch(process, grows, progress)
        finally:
            _end(process)
        if process.returncode:
            command = next(word for word in arguments if not word.startswith("-"))
            raise FetchFailed(f"git {command} failed: {_reason(_read(errors))}")
        return _read(out)


def succeeds(*arguments: str) -> bool:
    """Return whether git ends with status 0."""
    try:
        git(*arguments)
    except FetchFailed:
        return False
    return True


def _start(arguments: tuple[str, ...], out: IO[bytes], errors: IO[bytes]) -> subprocess.Popen:
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    return subprocess.Popen(
        ["git", *settings, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=errors,
        cwd="/",
        env=_environment(),
        start_new_session=True,  # so that its helpers can be ended with it
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )


def _environment() -> dict[str, str]:
    taken = {*_TAKEN_ALONG, *_PROXIES, *map(str.upper, _PROXIES)} & os.environ.keys()
    return {name: os.environ[name] for name in taken} | _ENVIRONMENT


def _end_with_parent() -> None:
    """Ask the kernel to end git when this process is killed, so that it does not write alone."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _watch(process: subprocess.Popen, grows: Path | None, progress: Progress) -> None:
    """Wait for the process to end. Raise FetchFailed if it takes too long or too much room."""
    deadline = time.monotonic() + MAX_SECONDS
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_BETWEEN_LOOKS)
        size = size_of(grows) if grows else 0
        progress(size)
        if size > MAX_BYTES:
            raise FetchFailed(f"larger than {MAX_BYTES / 2**30:g} GB; it was given up.")
        if process.returncode is not None:
            return
        if time.monotonic() > deadline:
            raise FetchFailed(f"not complete after {MAX_SECONDS / 60:g} minutes; it was given up.")


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder that may be written meanwhile."""
    size = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.lstat(os.path.join(parent, name)).st_size
            except FileNotFoundError:
                continue
    return size


def _end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _reason(said: bytes) -> str:
    """Return the line of git's messages that names the cause; what a host says is foreign text."""
    lines = [readable(line).strip() for line in said.decode("utf-8", "replace").splitlines()]
    named = [line for line in lines if line.startswith(("fatal:", "error:"))]
    cause = (named or lines or ["it did not say why"])[0]
    return cause.removeprefix("fatal: ").removeprefix("error: ")[:300].rstrip(".") + "."
