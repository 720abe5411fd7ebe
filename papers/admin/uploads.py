"""Uploads: store a digest file, confirm what it is, import it, correct it and import it again."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.admin.base import EvidenceAdmin
from papers.admin.runs import refreshed, run_in_words
from papers.admin.workbench import row_of
from papers.digests.dating import require_possible
from papers.digests.errors import DigestRefused
from papers.digests.limits import LARGEST_FILE, UPLOADS_KEPT
from papers.digests.location import LONGEST_SOURCE
from papers.importing import uploads
from papers.importing.upload_guess import ReadUpload, known_topic, read_upload
from papers.lists.topics import topics_by_slug
from papers.models import Source, Topic, Upload
from papers.presentation.import_words import counts_in_words, problem_in_words
from papers.text.sanitize import clean

GOES_ON = (Upload.State.WAITING, Upload.State.RUNNING)
MAX_SHOWN = 20


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A digest in Markdown or .jsonl, or a .zip or .tar.gz archive of digests."),
        max_length=255,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("Larger than %(most)s MB."), params={"most": LARGEST_FILE // 2**20}
            )
        return file


class LocationForm(forms.Form):
    """Source, date and topic of the digests in a file; required where their paths state none."""

    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=LONGEST_SOURCE,
        widget=forms.TextInput(attrs={"list": "known-sources", "autocomplete": "off"}),
    )
    date = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    topic = forms.CharField(
        label=_("Topic"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"list": "known-topics", "autocomplete": "off"}),
    )

    def __init__(self, upload: Upload, read: ReadUpload, sent: Any = None) -> None:
        super().__init__(sent)
        self._read = read
        said = {"source": upload.source, "date": upload.date, "topic": upload.topic}
        for name, guess in read.guesses.items():
            self.initial[name] = said[name] or guess.value
            if guess.reason and not said[name]:
                self.fields[name].help_text = guess.reason.label
        self.initial["topic"] = _topic_as_typed(self.initial.get("topic", ""))

    def clean_source(self) -> str:
        return clean(self.cleaned_data["source"]).strip()

    def clean_topic(self) -> str:
        return known_topic(clean(self.cleaned_data["topic"]).strip())

    def clean_date(self) -> Any:
        date = self.cleaned_data["date"]
        if date:
            try:
                require_possible(date, timezone.localdate())
            except DigestRefused as refused:
                problem = refused.problem
                raise ValidationError(problem_in_words(problem.code, problem.message)) from None
        return date

    def clean(self) -> dict:
        for name in self.fields:
            if (
                name not in self.errors
                and not self.cleaned_data.get(name)
                and self._read.lacks(name)
            ):
                self.add_error(name, gettext("The file does not state it. Fill it in."))
        return self.cleaned_data


def _topic_as_typed(slug: str) -> str:
    topic = topics_by_slug().get(slug)
    return _typed(topic) if topic else slug


def _typed(topic: Topic) -> str:
    """Return how a topic is offered: a category's code, a theme's name."""
    is_category = topic.kind == Topic.Kind.CATEGORY
    return topic.code if is_category else str(topic)


@admin.register(Upload)
class UploadAdmin(EvidenceAdmin):
    list_display = ("name", "state", "source", "date", "topic_name", "by", "at", "run_link")
    list_filter = ("state",)
    list_select_related = ("by", "run")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.add_upload")

    @admin.display(description=_("report"))
    def run_link(self, upload: Upload) -> str:
        if upload.run is None:
            return "–"
        href = reverse("admin:papers_importrun_change", args=[upload.run_id])
        return format_html('<a href="{}">{}</a>', href, counts_in_words(upload.run.counts))

    @admin.display(description=_("topic"))
    def topic_name(self, upload: Upload) -> str:
        return _topic_as_typed(upload.topic)

    def get_urls(self) -> list[URLPattern]:
        ask = path(
            "<int:pk>/ask/",
            self.admin_site.admin_view(self.ask_view),
            name="papers_upload_ask",
        )
        return [ask, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url="", extra_context=None) -> HttpResponse:
        """Store a file as a draft, and go on to the page that asks what it is."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                upload = uploads.store(form.cleaned_data["file"], request.user)
            except uploads.NoRoom as full:
                form.add_error("file", str(full))
            else:
                return HttpResponseRedirect(reverse("admin:papers_upload_ask", args=[upload.pk]))
        context = {
            **self._context(request, gettext("Import a digest")),
            "form": form,
            "largest": LARGEST_FILE // 2**20,
            "days": UPLOADS_KEPT.days,
        }
        return TemplateResponse(request, "admin/papers/upload/add_form.html", context)

    def ask_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is in the file and ask for source, date and topic; then queue it for import.

        A file that was imported before is corrected and imported again here.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        upload = row_of(Upload.objects.all(), str(pk))
        read = read_upload(upload, timezone.localdate())
        sent = request.POST if request.method == "POST" else None
        form = LocationForm(upload, read, sent)
        if form.is_valid():
            uploads.queue(upload, uploads.UploadOptions(**form.cleaned_data))
            uploads.start_importing()
            return HttpResponseRedirect(reverse("admin:papers_upload_change", args=[pk]))
        context = {
            **self._context(request, upload.name),
            "upload": upload,
            "read": read,
            "digests": read.digests[:MAX_SHOWN],
            "problems": [
                (one, problem_in_words(one.code, one.message)) for one in read.problems[:MAX_SHOWN]
            ],
            "form": form,
            "sources": Source.objects.order_by("name").values_list("name", flat=True)[:200],
            "topics": [
                (_typed(one), str(one))
                for one in topics_by_slug().values()
                if not one.merged_into_id
            ],
        }
        return TemplateResponse(request, "admin/papers/upload/ask.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url="", extra_context=None
    ) -> HttpResponse:
        """Show the state of the import in words; the page refreshes itself until it ends."""
        if request.method == "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        upload = row_of(Upload.objects.select_related("run", "by"), object_id)
        context = {
            **self._context(request, upload.name),
            "upload": upload,
            "topic": _topic_as_typed(upload.topic),
            "goes_on": upload.state in GOES_ON,
            "may_import": self.has_add_permission(request),
            **(run_in_words(upload.run) if upload.run else {}),
        }
        page = TemplateResponse(request, "admin/papers/upload/change_form.html", context)
        return refreshed(page, upload.state in GOES_ON)

    def _context(self, request: HttpRequest, title: str) -> dict:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
