"""The addresses of the site. They are stable: feeds and other people's links depend on them."""

from django.urls import path, re_path, register_converter

from papers import converters, feeds
from papers.views import authors, days, desk, papers, search, site, topics

register_converter(converters.ArxivId, "arxiv_id")
register_converter(converters.VersionedArxivId, "versioned_arxiv_id")
register_converter(converters.Day, "day")
register_converter(converters.Slug, "any_slug")

FEED = r"feed\.(?P<format>atom|rss)$"

urlpatterns = [
    path("", days.Front.as_view(), name="front"),
    path("papers/", papers.PaperList.as_view(), name="papers"),
    re_path(rf"^papers/{FEED}", feeds.PaperFeed.as_view(), name="papers-feed"),
    path("papers/<arxiv_id:arxiv_id>/", papers.PaperDetail.as_view(), name="paper"),
    path("abs/<versioned_arxiv_id:arxiv_id>", papers.to_paper, name="abs"),
    path("pdf/<versioned_arxiv_id:arxiv_id>", papers.to_pdf, name="pdf"),
    path("days/", days.Calendar.as_view(), name="days"),
    path("days/<day:day>/", days.DayDetail.as_view(), name="day"),
    path("days/<day:day>/<any_slug:slug>/", days.DigestDetail.as_view(), name="digest"),
    path("topics/", topics.TopicList.as_view(), name="topics"),
    path("topics/<any_slug:slug>/", topics.TopicDetail.as_view(), name="topic"),
    re_path(rf"^topics/(?P<slug>[-\w]{{1,100}})/{FEED}", feeds.TopicFeed.as_view()),
    path("authors/", authors.AuthorList.as_view(), name="authors"),
    path("authors/<any_slug:key>/", authors.AuthorDetail.as_view(), name="author"),
    re_path(rf"^authors/(?P<key>[-\w]{{1,100}})/{FEED}", feeds.AuthorFeed.as_view()),
    path("desk/", desk.Desk.as_view(), name="desk"),
    path("suggest", search.suggest, name="suggest"),
    path("search-help/", search.SearchHelp.as_view(), name="search-help"),
    path("about/", site.About.as_view(), name="about"),
    path("language", site.set_language, name="language"),
    path("healthz", site.healthz, name="healthz"),
    path("readyz", site.readyz, name="readyz"),
]
