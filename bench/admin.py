"""Measure the CPU time and queries of each admin page on the current database.

Usage: DATABASE_URL=… python -m bench.admin

Run it on a small and on a large database: the queries should be the same, the time nearly so.
"""

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest_site.settings")
os.environ.setdefault("DEBUG", "on")  # static files by their own names
os.environ["CACHE_URL"] = ""


def main() -> None:
    django.setup()
    from django.contrib.auth.models import User
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with transaction.atomic():
        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.create_superuser("bench of the admin"))
        client.get("/admin/")  # templates are read once
        for address in addresses():
            began = time.process_time()
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            spent = (time.process_time() - began) * 1000
            print(f"{spent:7.0f} ms {len(queries):4} queries {answer.status_code} {address}")
        transaction.set_rollback(True)


def addresses() -> list[str]:
    """Return the address of every list, of the form of its first row, and of the queues."""
    from django.contrib import admin

    admin.autodiscover()
    models = [model for model in admin.site._registry if model._meta.app_label == "papers"]
    found = ["/admin/", "/admin/papers/author/alike/", "/admin/missing-digests/"]
    for model in models:
        base = f"/admin/papers/{model._meta.model_name}/"
        found.append(base)
        if (first := model._default_manager.order_by("pk").first()) is not None:
            found.append(f"{base}{first.pk}/change/")
    papers = "/admin/papers/paper/"
    queries = ("field=title&fault=explained", "zh_state__exact=missing", "q=learning", "p=100")
    return [*found, *(f"{papers}?{query}" for query in queries)]


if __name__ == "__main__":
    main()
