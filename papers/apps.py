"""The app's configuration: its name, system checks and files in the data folder."""

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "papers"
    verbose_name = _("Papers")

    def ready(self) -> None:
        from papers.http import outages, sign_in  # noqa: F401  (checks and signals register themselves)
        from papers.operations import checks  # noqa: F401  (checks and signals register themselves)
        from papers.operations.file_rights import close_to_others
        from papers.search import dictionary
        from papers.text import segmenter

        segmenter.keep_cache_in(settings.DATA_DIR)
        dictionary.keep_in(settings.DATA_DIR / "search-terms.txt")
        post_migrate.connect(close_to_others, sender=self)
