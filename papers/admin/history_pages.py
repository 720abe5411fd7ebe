"""History of topics, sources and terms: show versions, and go back to one."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from simple_history.admin import SimpleHistoryAdmin

from papers import curation
from papers.admin.workbench import row_of


class VersionsAdmin(SimpleHistoryAdmin):
    """Show versions read-only; going back to one is a separate decision (``go_back``).

    django-simple-history's own page saves any form that is sent to it, and requires only the
    permission to view the row.
    """

    go_back: ClassVar[Callable[..., None]]

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<int:pk>/history/<int:version>/go-back/",
            self.admin_site.admin_view(require_POST(self.go_back_view)),
            name=f"papers_{self.opts.model_name}_go_back",
        )
        return [own, *super().get_urls()]

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context=None
    ) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        version = self._version(object_id, version_id)
        context = {
            "form_url": self._address("go_back", version.id, version.pk),
            "revert_disabled": not self.may_go_back(request, version),
        }
        return super().history_form_view(request, object_id, version_id, context)

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> Any:
        """Return all fields for an old version: the page shows exactly what going back restores."""
        if hasattr(obj, "_history"):
            return [one.name for one in self.opts.fields if not one.primary_key]
        return super().get_readonly_fields(request, obj)

    def go_back_view(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        record = self._version(pk, version)
        if not self.may_go_back(request, record):
            raise PermissionDenied
        try:
            type(self).go_back(record, request.user)
        except (curation.TooMany, ValueError):
            messages.error(request, gettext("This version cannot be restored."))
        else:
            messages.success(request, gettext("This version was restored."))
        return HttpResponseRedirect(self._address("change", pk))

    def may_go_back(self, request: HttpRequest, record: Any) -> bool:
        return self.has_change_permission(request)

    def _version(self, pk: Any, version: Any) -> Any:
        """Return the version. Raise Http404 if it or its row does not exist."""
        row: Any = row_of(self.model._default_manager.all(), str(pk))
        return row_of(row.history.all(), str(version))

    def _address(self, page: str, *args: int) -> str:
        return reverse(f"admin:papers_{self.opts.model_name}_{page}", args=args)
