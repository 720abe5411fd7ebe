"""The OpenAPI description matches the API: schemathesis tries everything it allows."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from digest_site.wsgi import application
from papers.api.openapi import description

pytestmark = pytest.mark.usefixtures("small_site")

schema = schemathesis.openapi.from_dict(description())
schema.app = application
examples = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)


@pytest.fixture(autouse=True)
def one_connection():
    """The test's own, which no request closes: Django's test client does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@examples
def test_no_answer_is_an_error_of_ours_or_undocumented(case):
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"},
        # A topic, an author or a day that nobody can know is refused by design, with 400.
        excluded_checks=[positive_data_acceptance],
    )


def test_every_address_is_described(client):
    described = client.get("/api/v1/openapi.json").json()["paths"]
    listed = client.get("/api/v1/").json()
    assert described.keys() - {"/papers/{id}", "/glossary/{key}"} == {
        address.removeprefix("http://127.0.0.1:8000/api/v1") for address in listed.values()
    }
