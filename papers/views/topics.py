"""Topics, and the papers of one."""

import datetime

from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from papers.charts import weekly
from papers.models import Digest, PaperQuerySet, Topic
from papers.topics import on_topics
from papers.views.pages import Page
from papers.views.papers import PaperList


class TopicList(Page):
    template_name = "papers/topic_list.html"

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            themes=Topic.objects.unmerged().themes(),
            categories=Topic.objects.unmerged().categories(),
            **kwargs,
        )


class TopicDetail(PaperList):
    """The papers of one topic, with the filters of every list. The address of a topic that was
    merged into another leads there."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        topic = get_object_or_404(Topic, slug=self.kwargs["slug"])
        if topic.merged_into:
            query = request.META.get("QUERY_STRING", "")
            address = topic.merged_into.get_absolute_url()
            return HttpResponseRedirect(f"{address}?{query}" if query else address)
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> PaperQuerySet:
        return on_topics(super().get_queryset(), [self.kwargs["slug"]])

    def get_within(self) -> dict[str, str]:
        return {"topic": self.kwargs["slug"]}

    def get_context_data(self, **kwargs) -> dict:
        topic = get_object_or_404(Topic, slug=self.kwargs["slug"])
        return super().get_context_data(topic=topic, chart=weekly(_papers_by_day(topic)), **kwargs)


def _papers_by_day(topic: Topic) -> list[tuple[datetime.date, int]]:
    """How many papers the topic's digests of each day list, which costs as much as there are
    digests, however many papers there are."""
    records = Sum(F("record_count") - F("repeat_count"))
    digests = Digest.objects.filter(topic=topic).order_by().values_list("date")
    return list(digests.annotate(papers=records))
