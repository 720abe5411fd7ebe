"""The list of topics, and the papers of one topic."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString

from papers.glossary import Entry, current_glossary
from papers.lists.sections import newest_day
from papers.lists.topics import on_topics, topics_by_slug
from papers.models import PaperQuerySet, Topic
from papers.presentation.formatting import in_interface
from papers.presentation.named_card import topic_chart
from papers.presentation.search_results import SearchPage
from papers.presentation.topic_rows import topic_rows
from papers.views.page import Page
from papers.views.papers import PaperList


class TopicList(Page):
    template_name = "papers/topic_list.html"

    def get_context_data(self, **kwargs) -> dict:
        newest, topics = newest_day(), Topic.objects.unmerged()
        return super().get_context_data(
            newest=newest,
            themes=topic_rows(topics.themes(), newest) if newest else [],
            categories=topic_rows(topics.categories(), newest) if newest else [],
            **kwargs,
        )


class TopicDetail(PaperList):
    """The papers of one topic, with the filters of every list.

    The address of a merged topic redirects to the topic it was merged into.
    """

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        topic = topics_by_slug().get(self.kwargs["slug"])
        if topic is None:
            raise Http404("No such topic.")
        self.topic = topic
        if self.topic.merged_into:
            query = request.META.get("QUERY_STRING", "")
            address = self.topic.merged_into.get_absolute_url()
            return HttpResponseRedirect(f"{address}?{query}" if query else address)
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> PaperQuerySet:
        return on_topics(super().get_queryset(), [self.kwargs["slug"]])

    def get_within(self) -> dict[str, str]:
        return {"topic": self.kwargs["slug"]}

    def get_scope_name(self) -> SafeString:
        return in_interface(self.topic.name)

    def get_term(self, answer: SearchPage | None) -> Entry | None:
        return None if answer else current_glossary().entry(self.topic.name_en)

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(topic=self.topic, chart=topic_chart(self.topic), **kwargs)
