"""Filters of the list of papers: each filtered list is a queue of the workbench."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from papers.admin.skipped import skipped_today
from papers.curation.today import todays_papers
from papers.models import Doubt, FieldLock, Paper, Source, Topic
from papers.presentation.fault_labels import FAULTS


def doubts_asked_for(query) -> QuerySet[Doubt] | None:
    """Return the doubts that the parameters ``fault``, ``field``, ``effect`` and ``source`` select.

    They are combined in one queryset because one text must match all of them. Return None if no
    parameter has a known value.
    """
    doubts = Doubt.objects.all()
    fault, field, source = (query.get(name, "") for name in ("fault", "field", "source"))
    if fault in FAULTS:
        doubts = doubts.filter(fault=fault)
    if field in Doubt.Field.values:
        doubts = doubts.filter(field=field)
    if query.get("effect", "") in Doubt.Effect.values:
        doubts = doubts.filter(effect=query["effect"])
    if source.isascii() and source.isdigit() and len(source) < 10:
        doubts = doubts.filter(source=int(source))
    return doubts if doubts.query.where else None


class FaultFilter(admin.SimpleListFilter):
    """Apply all four parameters; the three filters below only offer their values."""

    title = _("fault")
    parameter_name = "fault"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return list(FAULTS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        doubts = doubts_asked_for(request.GET)
        return queryset if doubts is None else queryset.filter(pk__in=doubts.values("paper"))


class FaultyFieldFilter(admin.SimpleListFilter):
    title = _("text with the fault")
    parameter_name = "field"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return list(Doubt.Field.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset


class EffectFilter(admin.SimpleListFilter):
    title = _("what readers see")
    parameter_name = "effect"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return list(Doubt.Effect.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset


class FaultySourceFilter(admin.SimpleListFilter):
    title = _("source of the faulty text")
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [(str(pk), name) for pk, name in Source.objects.values_list("pk", "name")[:100]]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset


class TopicFilter(admin.SimpleListFilter):
    title = _("topic")
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [(topic.slug, str(topic)) for topic in Topic.objects.unmerged()[:200]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Paper]) -> QuerySet:
        slug = self.value()
        return queryset.filter(topic_links__topic__slug=slug) if slug else queryset


class DecidedFilter(admin.SimpleListFilter):
    title = _("decided by curators")
    parameter_name = "decided"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [("yes", _("with a locked text"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "yes":
            return queryset.filter(pk__in=FieldLock.objects.values("paper"))
        return queryset


class TodayFilter(admin.SimpleListFilter):
    """The papers of today, which the workbench walks through in their own order."""

    title = _("today")
    parameter_name = "today"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [("1", _("to do today"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "1":
            return queryset
        today = todays_papers(skipped_today(request))
        return queryset.filter(pk__in=[one.paper.pk for one in today])
