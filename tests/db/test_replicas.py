"""While the primary is down, readers' requests are answered by an up-to-date replica."""

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

REPLICA = "replica-1"


class Away:
    """A connection to a server that does not answer."""

    def __init__(self, connection):
        self._connection = connection

    def cursor(self, *args):
        raise OperationalError("connection refused")

    def __getattr__(self, name):
        return getattr(self._connection, name)


@pytest.fixture
def replica(small_site, client, settings):
    """The site with its primary away; the replica is the tests' own database."""
    there = connections[DEFAULT_DB_ALIAS]
    settings.REPLICAS = [REPLICA]
    settings.DATABASE_ROUTERS = ["papers.db.replicas.ReplicaRouter"]
    connections[REPLICA] = there
    client.get("/papers/")  # the version is known from now on
    connections[DEFAULT_DB_ALIAS] = Away(there)
    yield
    connections[DEFAULT_DB_ALIAS] = there
    del connections[REPLICA]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/papers/?per=50",
        "/papers/?q=lamps",
        "/papers/?q=lampz",
        "/papers/?q=灯&sort=newest",
        "/papers/?topic=ro&zh=ok",
        "/papers/feed.atom?q=lamps",
        "/papers.csv?q=lamps",
        "/suggest?q=lam",
        "/topics/",
        "/topics/ro/",
        "/authors/?q=ada",
        "/days/",
        "/days/2025-01-29/",
        "/api/v1/papers?q=lamps",
        "/sitemap.xml",
    ],
)
def test_a_page_is_read_from_the_replica_alone(replica, client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.getvalue()
