"""The curators' desk, on Django's own admin."""

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from papers import curation
from papers.models import (
    Appearance,
    Author,
    Authorship,
    Digest,
    FieldLock,
    ImportProblem,
    ImportRun,
    Paper,
    PaperTopic,
    Source,
    Topic,
    Translation,
)

admin.site.site_header = _("Duizhao: curators' desk")
admin.site.site_title = _("Curators' desk")


class EvidenceAdmin(admin.ModelAdmin):
    """What imports wrote: to be read, not to be edited."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class EvidenceInline(admin.TabularInline):
    """Evidence within another form, to be read."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class TranslationInline(EvidenceInline):
    model = Translation
    fields = ("field", "source", "chosen", "faults", "text")


class AppearanceInline(EvidenceInline):
    model = Appearance
    fields = ("digest", "position", "withdrawn")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("digest__source", "digest__topic")


@admin.register(Paper)
class PaperAdmin(admin.ModelAdmin):
    """A changed title or abstract is locked against imports."""

    list_display = (
        "arxiv_id",
        "title_en",
        "title_zh",
        "first_seen",
        "zh_state",
        "featured",
        "hidden",
    )
    list_filter = ("zh_state", "featured", "hidden")
    search_fields = ("arxiv_id", "title_en", "title_zh")
    date_hierarchy = "first_seen"
    show_full_result_count = False
    list_per_page = 50
    readonly_fields = (
        "arxiv_id",
        "first_seen",
        "authors_text",
        "zh_state",
        "locked_fields",
        "modified",
    )
    fields = (
        "arxiv_id",
        "first_seen",
        "authors_text",
        ("featured", "hidden"),
        "title_en",
        "title_zh",
        "abstract_en",
        "abstract_zh",
        "note_en",
        "note_zh",
        "zh_state",
        "locked_fields",
        "modified",
    )
    inlines = (TranslationInline, AppearanceInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("decided by curators"))
    def locked_fields(self, paper: Paper) -> str:
        locks = paper.locks.select_related("by")
        said = (f"{lock.get_field_display()}: {lock.by}, {lock.at:%Y-%m-%d}" for lock in locks)
        return "; ".join(said) or "–"

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def save_model(self, request: HttpRequest, paper: Paper, form: ModelForm, change: bool) -> None:
        plain = [name for name in ("featured", "note_en", "note_zh") if name in form.changed_data]
        paper.save(update_fields=[*plain, "modified"])
        for name in FieldLock.Field.values:
            if name in form.changed_data:
                curation.edit(paper, name, form.cleaned_data[name], request.user)
        if "hidden" in form.changed_data:
            curation.set_hidden(paper, form.cleaned_data["hidden"])


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    list_display = ("name", "key", "paper_count")
    search_fields = ("name", "key")
    show_full_result_count = False
    readonly_fields = ("key", "paper_count")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(Authorship)
class AuthorshipAdmin(EvidenceAdmin):
    list_display = ("name", "paper", "position")
    list_select_related = ("paper",)
    search_fields = ("name", "paper__arxiv_id")


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_zh", "kind", "slug", "paper_count")
    list_filter = ("kind",)
    search_fields = ("name_en", "name_zh", "slug")
    readonly_fields = ("kind", "slug", "paper_count")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(PaperTopic)
class PaperTopicAdmin(EvidenceAdmin):
    list_display = ("paper", "topic", "origin")
    list_filter = ("topic", "origin")
    list_select_related = ("paper", "topic")
    search_fields = ("paper__arxiv_id",)


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("name", "url", "licence")
    search_fields = ("name",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ("name", "slug")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


@admin.register(Digest)
class DigestAdmin(EvidenceAdmin):
    list_display = ("date", "topic", "source", "record_count", "repeat_count", "problem_count")
    list_filter = ("source", "topic")
    list_select_related = ("source", "topic")
    search_fields = ("file",)
    date_hierarchy = "date"


@admin.register(Appearance)
class AppearanceAdmin(EvidenceAdmin):
    list_display = ("paper", "digest", "position", "withdrawn")
    list_filter = ("withdrawn",)
    list_select_related = ("paper", "digest__source", "digest__topic")
    search_fields = ("paper__arxiv_id",)


@admin.register(Translation)
class TranslationAdmin(EvidenceAdmin):
    list_display = ("paper", "field", "source", "chosen", "faults", "text_start")
    list_filter = ("field", "source", "chosen")
    list_select_related = ("paper", "source")
    search_fields = ("paper__arxiv_id",)

    @admin.display(description=_("text as given"))
    def text_start(self, translation: Translation) -> str:
        return translation.text[:80]


@admin.register(FieldLock)
class FieldLockAdmin(EvidenceAdmin):
    list_display = ("paper", "field", "by", "at")
    list_filter = ("field",)
    list_select_related = ("paper", "by")
    search_fields = ("paper__arxiv_id",)
    actions = ("release",)

    @admin.action(description=_("Take the digest's text again"), permissions=["release"])
    def release(self, request: HttpRequest, locks: QuerySet[FieldLock]) -> None:
        for lock in locks.select_related("paper"):
            curation.release(lock.paper, lock.field)

    def has_release_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.delete_fieldlock")


class ImportProblemInline(EvidenceInline):
    model = ImportProblem
    fields = ("file", "line", "arxiv_id", "code", "message")


@admin.register(ImportRun)
class ImportRunAdmin(EvidenceAdmin):
    list_display = ("started", "finished", "state", "counts")
    list_filter = ("state",)
    inlines = (ImportProblemInline,)


@admin.register(ImportProblem)
class ImportProblemAdmin(EvidenceAdmin):
    list_display = ("run", "file", "line", "arxiv_id", "code", "message")
    list_filter = ("code",)
    list_select_related = ("run",)
    search_fields = ("file", "arxiv_id")
