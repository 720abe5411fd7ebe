"""Uploads: import a digest file from the admin, follow its progress, run it again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from papers.admin.base import EvidenceAdmin
from papers.digests.limits import LARGEST_FILE, UPLOADS_KEPT
from papers.digests.location import LONGEST_SOURCE
from papers.importing import uploads
from papers.models import Upload
from papers.text.sanitize import clean


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A digest in Markdown, or any other file that import_digests reads."),
        max_length=255,
    )
    source = forms.CharField(label=_("Source"), required=False, max_length=LONGEST_SOURCE)
    date = forms.DateField(
        label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    topic = forms.CharField(
        label=_("Topic"),
        required=False,
        max_length=100,
        help_text=_("A theme (Multimodal) or a category (cs.AI)."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("Larger than %(most)s MB."), params={"most": LARGEST_FILE // 2**20}
            )
        return file

    def clean_source(self) -> str:
        return clean(self.cleaned_data["source"]).strip()

    def clean_topic(self) -> str:
        return clean(self.cleaned_data["topic"]).strip()


def _store(request: HttpRequest, form: UploadForm) -> Upload | None:
    """Save the upload. Return None and add a form error if there is no space left."""
    said = dict(form.cleaned_data)
    file = said.pop("file")
    try:
        return uploads.store(file, uploads.UploadOptions(**said), request.user)
    except uploads.NoRoom as full:
        form.add_error("file", str(full))
        return None


@admin.register(Upload)
class UploadAdmin(EvidenceAdmin):
    list_display = ("name", "state", "source", "date", "topic", "by", "at", "run_link")
    list_filter = ("state",)
    list_select_related = ("by", "run")
    fields = (*list_display, "said")
    change_form_template = "admin/papers/upload/change_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.add_upload")

    @admin.display(description=_("report"))
    def run_link(self, upload: Upload) -> str:
        if upload.run is None:
            return "–"
        href = reverse("admin:papers_importrun_change", args=[upload.run_id])
        return format_html('<a href="{}">{}</a>', href, upload.run)

    def get_urls(self) -> list[URLPattern]:
        again = path(
            "<int:pk>/again/",
            self.admin_site.admin_view(require_POST(self.again_view)),
            name="papers_upload_again",
        )
        return [again, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url="", extra_context=None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid() and (upload := _store(request, form)):
            uploads.start_importing()
            messages.success(
                request, gettext("Stored. It will be imported when no other import is running.")
            )
            return HttpResponseRedirect(reverse("admin:papers_upload_change", args=[upload.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Import a digest"),
            "opts": self.opts,
            "form": form,
            "largest": LARGEST_FILE // 2**20,
            "days": UPLOADS_KEPT.days,
        }
        return TemplateResponse(request, "admin/papers/upload/add_form.html", context)

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Queue a file again, including one whose import ended with its machine."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if upload := Upload.objects.filter(pk=pk).first():
            uploads.queue_again(upload)
            uploads.start_importing()
            messages.success(request, gettext("Queued for import."))
        return HttpResponseRedirect(reverse("admin:papers_upload_changelist"))

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        context["may_import"] = self.has_add_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)
