"""``prepare``: everything that a fresh checkout needs before it can serve."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from papers import search
from papers.glossary import term_weeks
from papers.importing.run import Options, run_import
from papers.models import ImportRun
from papers.operations.rebuild_cards import stale_papers

WELCOME = """
  Duizhao is at {address}

  Import your own digests:   .venv/bin/python manage.py import_digests PATH
{curator}"""

CURATOR = """\
  Create a curator account:  .venv/bin/python manage.py createsuperuser
                             (then sign in at {address}/admin/)
"""


class Command(BaseCommand):
    help = (
        "Migrate the database, import the sample if nothing was ever imported, and print what to "
        "do next. Running it again changes nothing."
    )

    def handle(self, *args, **options) -> None:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
        if not ImportRun.objects.exists():
            report = run_import([str(Path(settings.BASE_DIR) / "sample")], Options())
            self.stdout.write(f"Imported the sample, as the site was empty: {report.as_text()}")
        if stale_papers().exists():
            self.stdout.write("Formulas are out of date. Run: manage.py rebuild_cards")
        if search.is_stale():
            self.stdout.write("The search index was built with other rules; rebuilding it ...")
            search.rebuild()
        if term_weeks.recount_is_due():
            call_command("count_terms", stdout=self.stdout)
        has_curator = get_user_model().objects.filter(is_staff=True).exists()
        curator = "" if has_curator else CURATOR.format(address=settings.SITE_URL)
        self.stdout.write(WELCOME.format(address=settings.SITE_URL, curator=curator))
