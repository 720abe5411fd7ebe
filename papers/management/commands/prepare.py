"""``prepare``: everything that a fresh checkout or a node needs before it can serve."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers import search
from papers.db.import_lock import ImportRunning, preparing_lock
from papers.glossary import term_weeks
from papers.importing.run import Options, run_import
from papers.models import ImportRun
from papers.operations.node import make_first_account, wait_for_database
from papers.operations.rebuild_cards import stale_papers

DATABASE_STARTS = 60.0  # seconds; a database that starts with the node takes some of them
MIGRATION_TAKES = 3600.0  # seconds that another node may take to prepare a large database

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
        "Migrate the database, make the account of ADMIN_USER, import the sample if nothing was "
        "ever imported, and print what to do next. Running it again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--node",
            action="store_true",
            help="prepare a node of a public site: wait up to a minute for the database, migrate "
            "and make the account, but import and rebuild nothing",
        )

    def handle(self, *args, **options) -> None:
        is_node = options["node"]
        wait_for_database(DATABASE_STARTS if is_node else 0)
        try:
            with preparing_lock(MIGRATION_TAKES if is_node else 0):
                self._prepare(is_node)
        except ImportRunning as error:
            raise CommandError(str(error)) from None
        if not is_node:
            self._welcome()

    def _prepare(self, is_node: bool) -> None:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
        if not is_node:
            self._import_and_rebuild()
        if name := make_first_account():
            self.stdout.write(f"Made the account {name}, an administrator.")

    def _import_and_rebuild(self) -> None:
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

    def _welcome(self) -> None:
        has_curator = get_user_model().objects.filter(is_staff=True).exists()
        curator = "" if has_curator else CURATOR.format(address=settings.SITE_URL)
        self.stdout.write(WELCOME.format(address=settings.SITE_URL, curator=curator))
