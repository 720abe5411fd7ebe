"""Bulk writes raise Django's own errors for rows that the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from papers.db.bulk import insert_rows
from papers.models import Source


@pytest.mark.django_db
def test_rows_that_the_database_refuses_raise_djangos_own_error():
    rows = [("lamps", "lamps", "", ""), ("lamps", "lamps", "", "")]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Source, ("name", "slug", "url", "licence"), rows)
    assert not Source.objects.exists()
