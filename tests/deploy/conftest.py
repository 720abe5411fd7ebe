"""Fixtures for the site behind the shipped proxies; the image only with IMAGE=1."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.deploy.curator import Curator
from tests.deploy.fronts import Front, caddy, nginx
from tests.security.serving import Site, serving


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("IMAGE") != "1":
        slow = [item for item in items if item.get_closest_marker("image")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the site as behind a proxy: two workers, each with one request at a time."""
    folder = tmp_path_factory.mktemp("site")
    variables = {"UPLOADS_DIR": str(folder / "uploads")}
    variables |= {"WEB_CONCURRENCY": "2", "WEB_THREADS": "1"}
    with serving(folder, **variables) as running:
        yield running


@pytest.fixture(scope="package")
def behind_nginx(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with nginx(tmp_path_factory.mktemp("nginx"), site.port) as front:
        yield front


@pytest.fixture(scope="package")
def behind_caddy(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with caddy(tmp_path_factory.mktemp("caddy"), site.port) as front:
        yield front


@pytest.fixture(params=["behind_nginx", "behind_caddy"])
def front(request: pytest.FixtureRequest) -> Front:
    """Return each shipped proxy in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="package")
def account(site: Site) -> Curator:
    one = Curator("ada", "a-passphrase-of-the-tests")
    site.manage(
        *("createsuperuser", "--noinput", "--email=ada@example.org", f"--username={one.name}"),
        DJANGO_SUPERUSER_PASSWORD=one.password,
    )
    return one


@pytest.fixture
def curator(account: Curator) -> Curator:
    """Return an account that has not signed in yet."""
    return replace(account, cookies={})
