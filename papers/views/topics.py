"""Topics, and the papers of one."""

from django.shortcuts import get_object_or_404

from papers.models import PaperQuerySet, Topic
from papers.views.pages import Page
from papers.views.papers import PaperList


class TopicList(Page):
    template_name = "papers/topic_list.html"

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            themes=Topic.objects.themes(), categories=Topic.objects.categories(), **kwargs
        )


class TopicDetail(PaperList):
    """The papers of one topic, with the filters of every list."""

    def get_queryset(self) -> PaperQuerySet:
        return super().get_queryset().on_topics([self.kwargs["slug"]])

    def get_context_data(self, **kwargs) -> dict:
        topic = get_object_or_404(Topic, slug=self.kwargs["slug"])
        return super().get_context_data(topic=topic, **kwargs)
