"""Fixtures of the admin, for decisions that go through its addresses."""

from tests.admin.conftest import curator, signed_in  # noqa: F401
