"""The models of the site, one file for each group; import them from here."""

from papers.models.author import (
    AlikeAuthors,
    Author,
    AuthorAlias,
    AuthorChoice,
    Authorship,
    AuthorWord,
)
from papers.models.curation import DeskVisit, FieldLock, Judgement
from papers.models.daily import DailyRun, Notice
from papers.models.digest import Appearance, Digest, Doubt, Source, Translation
from papers.models.history import Act
from papers.models.imports import ImportProblem, ImportRun, Upload
from papers.models.mail import MailedList
from papers.models.memory import QueueCount, WaitingFeed
from papers.models.paper import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    PUBLISHED,
    USUAL_PLACE,
    Paper,
    PaperQuerySet,
    ZhState,
    paper_path,
)
from papers.models.publishers import Checkout
from papers.models.related import PaperWords, Related, Vocabulary
from papers.models.site_state import DataVersion, SearchIndex, TermCounts, TriageRules
from papers.models.term import RisingTerm, Term, TermWeek
from papers.models.topic import DailyCount, PaperTopic, Topic, TopicRemoval
from papers.models.translation_runs import TranslationAttempt, TranslationRun
