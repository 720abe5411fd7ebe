"""The addresses of the site. They are stable, because feeds and external links depend on them."""

from collections.abc import Callable

from django.urls import URLPattern, include, path, re_path, register_converter

from papers.api import views as api
from papers.lists import scopes
from papers.lists.scopes import ListOfPapers
from papers.views import (
    agents,
    authors,
    books,
    converters,
    days,
    exports,
    feeds,
    glossary,
    mailing,
    papers,
    related,
    saved,
    search,
    site,
    topics,
    well_known,
)
from papers.views.exports import Export
from papers.views.feeds import FeedView, Subscribe

register_converter(converters.ArxivIdConverter, "arxiv_id")
register_converter(converters.VersionedArxivIdConverter, "versioned_arxiv_id")
register_converter(converters.DayConverter, "day")
register_converter(converters.AnySlugConverter, "any_slug")
register_converter(converters.SmallNumberConverter, "small_number")
register_converter(converters.SignedConverter, "signed")
register_converter(converters.FeedFormatConverter, "feed_format")
register_converter(converters.CitationFormatConverter, "citation_format")
register_converter(converters.ExportFormatConverter, "export_format")
register_converter(converters.GlossaryFormatConverter, "glossary_format")


def list_urls(list_of: Callable[..., ListOfPapers]) -> list[URLPattern]:
    """Return the addresses below a list: its feeds, the page about them, its files and its book."""
    return [
        path("feed.<feed_format:form>", FeedView.as_view(list_of=list_of)),
        path("feed/", Subscribe.as_view(list_of=list_of)),
        path("papers.<export_format:form>", Export.as_view(list_of=list_of)),
        path("papers.epub", books.ListBook.as_view(list_of=list_of)),
    ]


urlpatterns = [
    path("", days.Front.as_view(), name="front"),
    path("papers/", papers.PaperList.as_view(), name="papers"),
    path("papers/feed.<feed_format:form>", FeedView.as_view(), name="papers-feed"),
    path("papers/feed/", Subscribe.as_view()),
    path("papers.<export_format:form>", Export.as_view(), name="papers-export"),
    path("papers.epub", books.ListBook.as_view()),
    path("papers/<arxiv_id:arxiv_id>/", papers.PaperDetail.as_view(), name="paper"),
    path("papers/<arxiv_id:arxiv_id>.<citation_format:form>", exports.citation, name="citation"),
    path("papers/<arxiv_id:arxiv_id>/related/", related.RelatedPapers.as_view(), name="related"),
    path("papers/<arxiv_id:arxiv_id>/related/", include(list_urls(scopes.like_paper))),
    path("abs/<versioned_arxiv_id:arxiv_id>", papers.to_paper, name="abs"),
    path("pdf/<versioned_arxiv_id:arxiv_id>", papers.to_pdf, name="pdf"),
    path("days/", days.Calendar.as_view(), name="days"),
    path("days/feed/", feeds.SubscribeToDays.as_view()),
    path("days/feed.<feed_format:form>", feeds.DaysFeed.as_view(), name="days-feed"),
    path("days/<day:day>.epub", books.DayBook.as_view(), name="day-book"),
    path("days/<day:day>/", days.DayDetail.as_view(), name="day"),
    path("days/<day:day>/", include(list_urls(scopes.of_day))),
    path("days/<day:day>/<any_slug:slug>/", days.DigestDetail.as_view(), name="digest"),
    path("days/<day:day>/<any_slug:slug>/", include(list_urls(scopes.of_digest))),
    path("topics/", topics.TopicList.as_view(), name="topics"),
    path("topics/<any_slug:slug>/", topics.TopicDetail.as_view(), name="topic"),
    path("topics/<any_slug:slug>/", include(list_urls(scopes.of_topic))),
    path("authors/", authors.AuthorList.as_view(), name="authors"),
    path("authors/<any_slug:key>/", authors.AuthorDetail.as_view(), name="author"),
    path("authors/<any_slug:key>/", include(list_urls(scopes.of_author))),
    path("glossary/", glossary.Glossary.as_view(), name="glossary"),
    path("glossary.<glossary_format:form>", glossary.glossary_file, name="glossary-file"),
    path("glossary/<any_slug:key>/", glossary.TermDetail.as_view(), name="term"),
    path("glossary/<any_slug:key>/", include(list_urls(scopes.of_term))),
    path("feeds.opml", feeds.Opml.as_view(), name="opml"),
    path("unapi", exports.unapi, name="unapi"),
    path("api/v1/", api.Root.as_view(), name="api"),
    path("api/v1/papers", api.Papers.as_view()),
    path("api/v1/papers/<arxiv_id:arxiv_id>", api.OnePaper.as_view()),
    path("api/v1/topics", api.Topics.as_view()),
    path("api/v1/days", api.Days.as_view()),
    path("api/v1/glossary", api.Glossary.as_view()),
    path("api/v1/glossary/<any_slug:key>", api.OneTerm.as_view()),
    path("api/v1/openapi.json", api.Description.as_view(), name="openapi"),
    re_path("^api/v1/", api.Nothing.as_view()),
    path("api/mcp", agents.Mcp.as_view(), name="mcp"),
    path("robots.txt", well_known.robots),
    path("sitemap.xml", well_known.sitemap_index, name="sitemap"),
    path("sitemap-pages.xml", well_known.sitemap_pages, name="sitemap-pages"),
    path(
        "sitemap-papers-<small_number:number>.xml", well_known.sitemap_papers, name="sitemap-papers"
    ),
    path("opensearch.xml", well_known.opensearch, name="opensearch"),
    path("speculation-rules.json", well_known.speculation_rules, name="speculation-rules"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("desk/", saved.Saved.as_view(), name="desk"),
    path("desk/new", saved.NewOfLists.as_view(), name="desk-new"),
    path("desk/near/", related.NearStars.as_view(), name="desk-near"),
    path("mail/", mailing.AskForList.as_view(), name="mail"),
    path("mail/asked/", mailing.Asked.as_view(), name="mail-asked"),
    path("mail/confirm/<signed:token>/", mailing.Confirm.as_view(), name="mail-confirm"),
    path("mail/cancel/<signed:token>/", mailing.Cancel.as_view(), name="mail-cancel"),
    path("suggest", search.suggest, name="suggest"),
    path("search-help/", search.SearchHelp.as_view(), name="search-help"),
    path("about/", site.About.as_view(), name="about"),
    path("status/", site.StatusPage.as_view(), name="status"),
    path("status.json", site.status_json, name="status-json"),
    path("language", site.set_language, name="language"),
    path("site.webmanifest", site.manifest, name="manifest"),
]
