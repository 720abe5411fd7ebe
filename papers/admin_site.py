"""The admin site: Django's own, with the curators' queues on its front page."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar, cast
from urllib.parse import unquote

from django.apps import AppConfig
from django.contrib import admin, messages
from django.contrib.admin.apps import SimpleAdminConfig
from django.core.checks import CheckMessage
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST


class PapersAdminConfig(SimpleAdminConfig):
    """Django's, but ``digest_site.urls`` loads the admin's pages: most commands need none."""

    default_site = "papers.admin_site.PapersAdminSite"


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def _without_nul(view: View) -> View:
    """Refuse addresses with a NUL character, which PostgreSQL cannot store or search for."""

    @wraps(view)
    def refusing(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if "\x00" in unquote(request.META["QUERY_STRING"]):
            raise SuspiciousOperation("A NUL in the address.")
        return view(request, *args, **kwargs)

    return cast(View, refusing)


class PapersAdminSite(admin.AdminSite):
    site_header = _("Admin")  # the seal before it names the site
    site_title = _("Duizhao admin")
    index_title = _("To review")
    # Not "admin/index.html": Django's page for a single app extends that template.
    index_template = "admin/front_page.html"
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from papers.admin import decision_log, waiting_feed

        own = [
            path("log/", self.admin_view(decision_log.page), name="log"),
            path(
                "feed-key/",
                self.admin_view(require_POST(waiting_feed.change_key)),
                name="waiting_feed_key",
            ),
            # Feed readers do not sign in: the address itself says whose feed it is.
            path("waiting/<str:token>.atom", waiting_feed.feed, name="waiting_feed"),
            path("today/", self.admin_view(self.today), name="today"),
            path("missing-digests/", self.admin_view(self.missing_digests), name="missing_digests"),
            path("translating/", self.admin_view(self.translating), name="translating"),
            path(
                "problems-read/",
                self.admin_view(require_POST(self.problems_read)),
                name="problems_read",
            ),
        ]
        return [*own, *super().get_urls()]

    def check(self, app_configs: Sequence[AppConfig] | None) -> list[CheckMessage]:
        admin.autodiscover()
        return super().check(app_configs)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        return _without_nul(super().admin_view(view, cacheable))

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        from papers.admin.front_page import front_page
        from papers.admin.today import section

        today = section(request) if request.user.has_perm("papers.view_paper") else {}
        return super().index(
            request, {**front_page(request.user), **today, **(extra_context or {})}
        )

    def today(self, request: HttpRequest) -> HttpResponse:
        """Show the papers to do first today, and decide about them."""
        from papers.admin.today import today_page

        return today_page(self, request)

    def missing_digests(self, request: HttpRequest) -> HttpResponse:
        """List the days and topics for which a publisher has no digest, judged by the calendar."""
        from papers.curation import queues

        if not request.user.has_perm("papers.view_digest"):
            raise PermissionDenied
        context = {
            **self.each_context(request),
            "title": gettext("Missing digests"),
            "missing": queues.digests_missing(),
        }
        return TemplateResponse(request, "admin/missing_digests.html", context)

    def translating(self, request: HttpRequest) -> HttpResponse:
        """Show how many papers have Chinese, and what the site's own translator did."""
        from papers.admin.machine_translation import overview

        if not request.user.has_perm("papers.view_translationrun"):
            raise PermissionDenied
        context = {**self.each_context(request), "title": gettext("Translating"), **overview()}
        return TemplateResponse(request, "admin/translating.html", context)

    def problems_read(self, request: HttpRequest) -> HttpResponse:
        from papers.curation import queues

        if not request.user.has_perm("papers.view_importproblem"):
            raise PermissionDenied
        queues.problems_are_read(request.user)
        messages.success(request, gettext("The problems were marked as read."))
        return HttpResponseRedirect(reverse("admin:index"))
