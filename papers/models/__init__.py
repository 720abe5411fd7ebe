"""The nouns of the site, one file for each family; import them from here."""

from papers.models.author import Author, Authorship
from papers.models.digest import Appearance, Digest, Source
from papers.models.lock import FieldLock
from papers.models.paper import NEWEST_FIRST, OLDEST_FIRST, Paper, PaperQuerySet, ZhState
from papers.models.run import ImportProblem, ImportRun
from papers.models.search import SearchIndex
from papers.models.topic import PaperTopic, Topic
from papers.models.translation import Translation
from papers.models.version import DataVersion

__all__ = [
    "NEWEST_FIRST",
    "OLDEST_FIRST",
    "Appearance",
    "Author",
    "Authorship",
    "DataVersion",
    "Digest",
    "FieldLock",
    "ImportProblem",
    "ImportRun",
    "Paper",
    "PaperQuerySet",
    "PaperTopic",
    "SearchIndex",
    "Source",
    "Topic",
    "Translation",
    "ZhState",
]
