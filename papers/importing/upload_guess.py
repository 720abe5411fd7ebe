"""Read an uploaded file without importing it, and guess its source, date and topic.

What the path states is taken as it is. The rest is guessed from the file's name, then from what the
site knows of its papers; the curator confirms each guess.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from papers.db.bulk import select_rows
from papers.digests import formats
from papers.digests.discover import DigestFiles
from papers.digests.errors import DigestRefused, Problem
from papers.digests.location import Location, locate, parse_date, parse_topic
from papers.digests.records import Record
from papers.models import Appearance, Digest, Paper, Source, Topic, Upload
from papers.text.arxiv_ids import month_of

MAX_FILES = 50  # digests of an archive that are read before it is imported
MAX_KNOWN = 300  # papers that are looked up

_DATES = re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{4}|\d{4}-\d{2}-\d{2}|\d{8}")
_BESIDE = re.compile(r"[^\W_]+")
_RECENT = datetime.timedelta(days=40)


class Reason(TextChoices):
    """Where a guess comes from."""

    PATH = "path", _("stated by the path")
    NAME = "name", _("from the file's name")
    PAPERS = "papers", _("as for papers that the site has")
    LAST = "last", _("as in your last upload")
    NEWEST = "newest", _("as in the newest digest")
    TODAY = "today", _("today, because its papers are new")


@dataclass(frozen=True)
class Guess:
    """A guessed value, empty if there is none, and where it comes from."""

    value: str = ""
    reason: Reason | None = None


@dataclass(frozen=True)
class ReadDigest:
    """A digest within the file. ``name`` is its path within an archive, or the file's name."""

    name: str
    location: Location
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class ReadUpload:
    """The digests in the file, at most ``MAX_FILES``, and guesses of what their paths do not state.

    ``guesses`` has ``source``, ``date`` and ``topic``.
    """

    digests: list[ReadDigest]
    more: bool
    guesses: dict[str, Guess] = field(default_factory=dict)

    @property
    def papers(self) -> int:
        return len({record.arxiv_id for one in self.digests for record in one.records})

    @property
    def problems(self) -> list[Problem]:
        return [problem for one in self.digests for problem in one.problems]

    @property
    def titles(self) -> list[str]:
        return [record.title for one in self.digests for record in one.records][:5]

    def lacks(self, part: str) -> bool:
        """Return whether some digest does not state this part."""
        return any(getattr(one.location, part) is None for one in self.digests)


def read_upload(upload: Upload, today: datetime.date) -> ReadUpload:
    """Return what is in the file. What cannot be read is a problem; nothing is raised."""
    files = DigestFiles([upload.file.path])
    found = list(islice(_digests(files, upload), MAX_FILES + 1))
    read = ReadUpload(found[:MAX_FILES], len(found) > MAX_FILES)
    read.guesses.update(_Guesser(read, upload, today).all())
    return read


def _digests(files: DigestFiles, upload: Upload) -> Iterator[ReadDigest]:
    for file in files:
        name = file.shown.removeprefix(upload.file.path).lstrip("/")
        location = locate(file.path)
        try:
            result = formats.parse(formats.read(file))
        except DigestRefused as refused:
            yield ReadDigest(name or upload.name, location, problems=(refused.problem,))
            continue
        if result.parsed.records or result.is_blank or not name:  # other files are passed over
            parsed = result.parsed
            yield ReadDigest(name or upload.name, location, parsed.records, parsed.problems)


class _Guesser:
    """Guesses of what the paths of the digests do not state."""

    def __init__(self, read: ReadUpload, upload: Upload, today: datetime.date) -> None:
        self._read, self._upload, self._today = read, upload, today
        self._words = PurePath(upload.name).stem
        self._appearances = self._known()

    def all(self) -> dict[str, Guess]:
        """Return a guess for each part: only one digest has parts that its path states."""
        found = {}
        for part, guess in (("source", self._source), ("date", self._date), ("topic", self._topic)):
            stated = {getattr(one.location, part) for one in self._read.digests}
            if None in stated or not stated:
                found[part] = guess()
            elif len(self._read.digests) == 1:
                (value,) = stated
                found[part] = Guess(str(getattr(value, "name", value)), Reason.PATH)
            else:
                found[part] = Guess("", Reason.PATH)
        return found

    def _known(self) -> list[tuple[datetime.date, str, str]]:
        """Return date, topic and source of the digests that hold papers of this file."""
        ids = [record.arxiv_id for one in self._read.digests for record in one.records]
        rows = select_rows(Paper, ("id",), where="arxiv_id", values=ids[:MAX_KNOWN])
        places = Appearance.objects.filter(paper__in=[pk for (pk,) in rows], withdrawn=False)
        return list(
            places.order_by().values_list(
                "digest__date", "digest__topic__slug", "digest__source__name"
            )
        )

    def _commonest(self, column: int) -> Guess:
        counted = Counter(str(row[column]) for row in self._appearances)
        if not counted:
            return Guess()
        return Guess(max(counted, key=lambda value: (counted[value], value)), Reason.PAPERS)

    def _source(self) -> Guess:
        names = Source.objects.order_by("name").values_list("name", flat=True)
        if named := _longest_within(self._words, {name: name for name in names}):
            return Guess(named, Reason.NAME)
        if (known := self._commonest(2)).value:
            return known
        mine = Upload.objects.filter(by=self._upload.by_id).exclude(source="")
        if last := mine.exclude(pk=self._upload.pk).first():
            return Guess(last.source, Reason.LAST)
        newest = Digest.objects.order_by("-date").select_related("source").first()
        return Guess(newest.source.name, Reason.NEWEST) if newest else Guess()

    def _date(self) -> Guess:
        for text in _DATES.findall(self._words):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}" if text.isdigit() else text
            if day := parse_date(text):
                return Guess(day.isoformat(), Reason.NAME)
        if (known := self._commonest(0)).value:
            return known
        months = [month_of(one.arxiv_id) for each in self._read.digests for one in each.records]
        is_new = bool(months) and max(months) > self._today - _RECENT
        return Guess(self._today.isoformat(), Reason.TODAY) if is_new else Guess()

    def _topic(self) -> Guess:
        named: dict[str, str] = {}
        for topic in Topic.objects.all():
            subject = topic.code.rpartition(".")[2]  # publishers call cs.AI just AI
            for name in (topic.name_en, topic.name_zh, topic.slug, topic.code, subject):
                named.setdefault(name, topic.slug)
        if slug := _longest_within(_DATES.sub(" ", self._words), named):
            return Guess(slug, Reason.NAME)
        return self._commonest(1)


def _longest_within(text: str, named: dict[str, str]) -> str:
    """Return the value of the longest name whose words stand within the text, or nothing."""
    words = f" {_plain(text)} "
    within = [name for name in named if (plain := _plain(name)) and f" {plain} " in words]
    return named[max(within, key=len)] if within else ""


def _plain(text: str) -> str:
    return " ".join(_BESIDE.findall(text.casefold()))


def known_topic(typed: str) -> str:
    """Return the slug of the topic that a curator typed by its name or code; else the text itself.

    A topic whose slug cannot be typed (``parse_topic`` gives another one) is typed by its name.
    """
    plain = typed.casefold()
    for topic in Topic.objects.all():
        names = {topic.slug, topic.code.casefold(), topic.name_en.casefold(), topic.name_zh}
        if plain in names and parse_topic(topic.slug).slug == topic.slug:
            return topic.slug
    return typed
