"""Topics in the admin: names, descriptions, order, merging and history."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from papers import curation
from papers.admin.base import BaseAdmin, EvidenceAdmin
from papers.admin.history_pages import VersionsAdmin
from papers.db import data_version
from papers.models import PaperTopic, Topic, TopicRemoval


@admin.register(Topic)
class TopicAdmin(BaseAdmin, VersionsAdmin):
    go_back = curation.revert_topic
    change_form_template = "admin/papers/topic/change_form.html"
    list_display = ("name_en", "name_zh", "kind", "slug", "order", "featured", "paper_count")
    list_filter = ("kind", "featured")
    search_fields = ("name_en", "name_zh", "slug")
    ordering = ("-kind", "order", "slug")
    readonly_fields = ("kind", "slug", "paper_count", "merged_into")
    fields = (
        ("name_en", "name_zh"),
        "description_en",
        "description_zh",
        ("order", "featured"),
        ("kind", "slug", "paper_count"),
        "merged_into",
    )

    def save_model(self, request: HttpRequest, topic: Topic, form, change: bool) -> None:
        curation.keeps_first_version(topic)
        super().save_model(request, topic, form, change)
        data_version.mark_data_changed()

    def get_urls(self) -> list[URLPattern]:
        merge = path(
            "<int:pk>/merge/",
            self.admin_site.admin_view(require_POST(self.merge_view)),
            name="papers_topic_merge",
        )
        return [merge, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        topic = kwargs.get("obj")
        context["merge_form"] = MergeForm(topic) if topic and not topic.merged_into_id else None
        context["may_merge"] = self._may_merge(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Merge a topic into another, so that its papers are shown there, or undo the merge."""
        if not self._may_merge(request):
            raise PermissionDenied
        topic = Topic.objects.filter(pk=pk).first()
        here = reverse("admin:papers_topic_change", args=[pk])
        if topic is None:
            return HttpResponseRedirect(reverse("admin:papers_topic_changelist"))
        form = MergeForm(topic, request.POST)
        try:
            if "unmerge" in request.POST and topic.merged_into_id:
                curation.unmerge_topic(topic)
            elif form.is_valid():
                curation.keeps_first_version(topic)
                curation.merge_topic(topic, form.cleaned_data["into"])
            else:
                messages.error(request, gettext("Choose the topic to merge into."))
                return HttpResponseRedirect(here)
        except curation.TooMany:
            messages.error(
                request,
                gettext("Too many papers to do this here. Use manage.py merge_topics."),
            )
            return HttpResponseRedirect(here)
        messages.success(
            request,
            gettext("The topics were merged.")
            if topic.merged_into_id
            else gettext("The merge was undone."),
        )
        return HttpResponseRedirect(here)

    def may_go_back(self, request: HttpRequest, record: Any) -> bool:
        """A version from before or after a merge may be restored only by users who may merge."""
        is_now = Topic.objects.values_list("merged_into", flat=True).get(pk=record.id)
        as_now = record.merged_into_id == is_now
        return super().may_go_back(request, record) and (as_now or self._may_merge(request))

    def _may_merge(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.delete_topic")


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(Topic.objects.none(), label=_("Merge into"))

    def __init__(self, topic: Topic, data=None) -> None:
        super().__init__(data, auto_id="merge-%s")
        others = Topic.objects.unmerged().exclude(pk=topic.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


@admin.register(PaperTopic)
class PaperTopicAdmin(EvidenceAdmin):
    list_display = ("paper", "topic", "origin")
    list_filter = ("topic", "origin")
    list_select_related = ("paper", "topic")
    search_fields = ("=paper__arxiv_id",)


@admin.register(TopicRemoval)
class TopicRemovalAdmin(EvidenceAdmin):
    list_display = ("paper", "topic")
    list_filter = ("topic",)
    list_select_related = ("paper", "topic")
    search_fields = ("=paper__arxiv_id",)
