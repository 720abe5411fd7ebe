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
from collections.abc import Iterator

import pytest

from tests.security.serving import PRODUCTION, ROOT

pytestmark = pytest.mark.image

PODMAN = shlex.split(os.environ.get("PODMAN") or "podman")
BUILD = shlex.split(os.environ.get("PODMAN_BUILD", ""))
RUN = shlex.split(os.environ.get("PODMAN_RUN", ""))
NO_BASE = ("initializing source", "pinging container registry", "unable to copy from source")
START = ".venv/bin/python manage.py prepare && exec .venv/bin/python -m gunicorn"
SETTINGS = {name: PRODUCTION[name] for name in ("ALLOWED_HOSTS", "SITE_URL", "SECRET_KEY")}
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


@pytest.fixture(scope="module")
def container(image: str) -> Iterator[str]:
    """A container with public hosts and the sample, without a network."""
    name = f"duizhao-test-{uuid.uuid4().hex[:12]}"
    variables = [f"--env={key}={value}" for key, value in SETTINGS.items()]
    started = podman(
        *("run", "--detach", "--network=none", f"--name={name}", *variables, *RUN, image),
        *("sh", "-c", START),
    )
    assert started.returncode == 0, started.stderr
    try:
        _wait_until_healthy(name)
        yield name
    finally:
        podman("rm", "--force", "--volumes", name)


def _wait_until_healthy(name: str) -> None:
    for _ in range(60):
        if podman("healthcheck", "run", name).returncode == 0:
            return
        time.sleep(1)
    raise AssertionError(podman("logs", name).stdout[-3000:])


def ask(container: str, path: str) -> str:
    answer = podman("exec", container, ".venv/bin/python", "-c", ASK, path)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_it_is_healthy_with_public_hosts_and_ready(container):
    assert "database: ok" in ask(container, "/readyz")


def test_it_serves_the_sample(container):
    assert "潜空间中的灯笼" in ask(container, "/papers/?lang=zh")
    assert "</feed>" in ask(container, "/papers/feed.atom")


def test_nothing_runs_as_root_there(container):
    assert podman("exec", container, "id", "-u").stdout.strip() not in ("", "0")


def test_no_settings_of_the_checkout_are_in_it(container):
    found = podman("exec", container, "find", ".", "-name", ".env", "-not", "-path", "./.venv/*")
    assert found.stdout == ""
