"""The image of ``deploy/Dockerfile``, built and started (make test-image; minutes).

It uses podman, which needs no daemon. For a machine on which podman needs special options, set them
in the environment: ``PODMAN`` is the command with its own options, ``PODMAN_BUILD`` and
``PODMAN_RUN`` are options of these two, for example a base image in ``--build-arg``.
"""

import os
import shlex
import shutil
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from digest_site import VERSION
from tests.security.serving import PRODUCTION, ROOT

pytestmark = pytest.mark.image

PODMAN = shlex.split(os.environ.get("PODMAN") or "podman")
BUILD = shlex.split(os.environ.get("PODMAN_BUILD", ""))
RUN = shlex.split(os.environ.get("PODMAN_RUN", ""))
NO_BASE = ("initializing source", "pinging container registry", "unable to copy from source")
SETTINGS = {name: PRODUCTION[name] for name in ("ALLOWED_HOSTS", "SITE_URL", "SECRET_KEY")}
SETTINGS |= {"ADMIN_USER": "ada", "ADMIN_PASSWORD": "a-passphrase-of-the-tests"}
PATIENCE = 120  # seconds for a container to do what it takes some ten for
ASK = """
import sys, urllib.request
headers = {"Host": "papers.example.org", "X-Forwarded-Proto": "https"}
request = urllib.request.Request("http://127.0.0.1:8000" + sys.argv[1], headers=headers)
print(urllib.request.urlopen(request, timeout=30).read().decode())
"""


def podman(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([*PODMAN, *arguments], cwd=ROOT, capture_output=True, text=True)


@pytest.fixture(scope="module")
def image() -> Iterator[str]:
    """The name of the image, as the file's first line says to build it. (Its check of health is
    only in the format of Docker.)"""
    if shutil.which(PODMAN[0]) is None:
        pytest.skip("no podman to build the image with")
    name = f"localhost/duizhao-test:{uuid.uuid4().hex[:12]}"
    file = ("--file", "deploy/Dockerfile", "--tag", name)
    built = podman("build", "--format=docker", "--layers=false", *BUILD, *file, ".")
    if built.returncode and any(said in built.stderr for said in NO_BASE):
        pytest.skip(f"no base image to build upon: {built.stderr.splitlines()[-1]}")
    assert built.returncode == 0, built.stdout[-3000:] + built.stderr[-3000:]
    yield name
    podman("image", "rm", "--force", name)


@contextmanager
def running(image: str, *command: str, options: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of a container with public hosts and without a network, until the block ends."""
    name = f"duizhao-test-{uuid.uuid4().hex[:12]}"
    variables = [f"--env={key}={value}" for key, value in SETTINGS.items()]
    how = ("--detach", "--network=none", "--read-only", f"--name={name}", *variables, *RUN)
    started = podman("run", *how, *options, image, *command)
    assert started.returncode == 0, started.stderr
    try:
        yield name
    finally:
        podman("rm", "--force", "--volumes", name)


@pytest.fixture(scope="module")
def container(image: str) -> Iterator[str]:
    """A container as it is started without a command."""
    with running(image) as name:
        _wait(name, lambda: podman("healthcheck", "run", name).returncode == 0)
        yield name


@pytest.fixture(scope="module")
def daily(image: str, container: str) -> Iterator[str]:
    """A container that makes the daily run for the first one's site, once it has made one."""
    with running(image, "daily", "sample", options=(f"--volumes-from={container}",)) as name:
        _wait(name, lambda: "notify" in podman("logs", name).stdout)
        yield name


def _wait(name: str, is_done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_done():
        logs = podman("logs", name)
        assert time.monotonic() < until, logs.stdout[-3000:] + logs.stderr[-3000:]
        time.sleep(1)


def ask(container: str, path: str) -> str:
    answer = podman("exec", container, "python", "-c", ASK, path)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_it_is_healthy_with_public_hosts_and_ready(container):
    assert "database: ok" in ask(container, "/readyz")


def test_it_makes_the_account_of_the_environment(container):
    assert "Made the account ada" in podman("logs", container).stdout


def test_what_the_daily_container_imports_is_served(container, daily):
    assert "潜空间中的灯笼" in ask(container, "/papers/?lang=zh")
    assert "</feed>" in ask(container, "/papers/feed.atom")


def test_the_daily_container_can_tell_and_ends_when_it_is_told_to(daily):
    assert podman("exec", daily, "python", "-c", "import apprise").returncode == 0
    podman("stop", "--time=60", daily)
    ended = podman("inspect", "--format={{.State.ExitCode}}", daily)
    assert ended.stdout.strip() == "0"


def test_it_says_which_version_it_is(image):
    label = '{{index .Labels "org.opencontainers.image.version"}}'
    assert podman("image", "inspect", f"--format={label}", image).stdout.strip() == VERSION


def test_nothing_runs_as_root_there(container):
    assert podman("exec", container, "id", "-u").stdout.strip() not in ("", "0")


def test_no_settings_of_the_checkout_are_in_it(container):
    found = podman("exec", container, "find", ".", "-name", ".env", "-not", "-path", "./.venv/*")
    assert found.stdout == ""
