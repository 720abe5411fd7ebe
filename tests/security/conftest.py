"""The cast of the security tests: the sample site, and all its public addresses."""

from pathlib import Path

import pytest
from django.conf import settings

from papers.importing.run import Options, run_import


@pytest.fixture
def sample(db) -> None:
    """The sample imported: 32 papers in 6 digests of 3 days, and an empty digest."""
    assert run_import([str(Path(settings.BASE_DIR) / "sample")], Options()).problems == []
