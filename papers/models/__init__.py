"""The nouns of the site, one file for each family; import them from here."""

from papers.models.author import Author, Authorship, AuthorWord
from papers.models.curation import FieldLock
from papers.models.digest import Appearance, Digest, Source
from papers.models.doubt import Doubt
from papers.models.history import Act
from papers.models.identity import AlikeAuthors, AuthorAlias, AuthorChoice
from papers.models.imports import ImportProblem, ImportRun
from papers.models.paper import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    USUAL_PLACE,
    Paper,
    PaperQuerySet,
    ZhState,
)
from papers.models.search import SearchIndex
from papers.models.site_state import DataVersion
from papers.models.tally import Tally
from papers.models.topic import PaperTopic, Topic, TopicRemoval
from papers.models.translation import Translation
from papers.models.upload import Upload
from papers.models.visit import DeskVisit

__all__ = [
    "NEWEST_FIRST",
    "OLDEST_FIRST",
    "USUAL_PLACE",
    "Act",
    "AlikeAuthors",
    "Appearance",
    "Author",
    "AuthorAlias",
    "AuthorChoice",
    "AuthorWord",
    "Authorship",
    "DataVersion",
    "DeskVisit",
    "Digest",
    "Doubt",
    "FieldLock",
    "ImportProblem",
    "ImportRun",
    "Paper",
    "PaperQuerySet",
    "PaperTopic",
    "SearchIndex",
    "Source",
    "Tally",
    "Topic",
    "TopicRemoval",
    "Translation",
    "Upload",
    "ZhState",
]
