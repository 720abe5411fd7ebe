"""Find the source, date and topic of a digest from its path.

``…/SOURCE/29-Jan-2025/topic/Multimodal_related_papers.md`` is a theme,
``…/SOURCE/29-Jan-2025/AI/README.md`` a category; ISO dates work too.
"""

import datetime
import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from papers.digests.errors import DigestRefused
from papers.text.sanitize import clean
from papers.text.slug import slugify

CATEGORY, THEME = "category", "theme"
LONGEST_SOURCE = 100

_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_PUBLISHERS_DATE = re.compile(r"(\d{1,2})-([a-z]{3})-(\d{4})", re.IGNORECASE)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_THEME_FILE = re.compile(r"(.+?)_related_papers$", re.IGNORECASE)
# Folder names of publishers that differ from arXiv's names.
_CATEGORY_FOLDERS = {"NLP": "cs.CL"}
# https://arxiv.org/category_taxonomy: archives with subjects, and archives that are categories.
_ARXIV_CATEGORY = re.compile(
    r"(?P<archive>astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)"
    r"[.-](?P<subject>[a-z]{2}|[a-z]{2,5}-[a-z]{2,3})"
    r"|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|nucl-ex|nucl-th|quant-ph",
    re.IGNORECASE,
)
_LEFT_OUT_OF_SLUGS = re.compile(r"[^\w\s.-]")
_PREFIXES = ("category-", "theme-")


@dataclass(frozen=True)
class TopicName:
    """A topic as named in a path or a command-line option."""

    kind: str
    name: str

    @property
    def slug(self) -> str:
        """The slug: ``cs-ai``, ``multimodal``. No category has the slug of a theme."""
        slug = slugify(self.name.replace(".", "-"))[:50]
        if not slug or _LEFT_OUT_OF_SLUGS.search(self.name):  # so that C++ and C# are two topics
            mark = hashlib.sha256(self.name.casefold().encode()).hexdigest()[:6]
            slug = f"{slug}-{mark}".lstrip("-")
        is_arxivs = bool(_ARXIV_CATEGORY.fullmatch(slug))
        is_clear = is_arxivs == (self.kind == CATEGORY) and not slug.startswith(_PREFIXES)
        return slug if is_clear else f"{self.kind}-{slug}"


@dataclass(frozen=True)
class DigestKey:
    """The identity of a digest. A later file with the same key is a new issue of the digest."""

    source: str
    date: datetime.date
    topic: TopicName


@dataclass(frozen=True)
class Location:
    """The source, date and topic of a digest, each None while unknown."""

    source: str | None = None
    date: datetime.date | None = None
    topic: TopicName | None = None

    @property
    def key(self) -> "DigestKey | None":
        """The digest's key, or None unless all three parts are known."""
        if self.source is None or self.date is None or self.topic is None:
            return None
        return DigestKey(self.source, self.date, self.topic)

    def overridden(
        self, source: str | None, date: datetime.date | None, topic: TopicName | None
    ) -> "Location":
        """Return this location with the given parts replaced; None keeps the part of the path."""
        if topic and self.topic and topic.kind == THEME and self.topic.kind == CATEGORY:
            topic = category(topic.name)
        return replace(
            self,
            source=_name(source) if source else self.source,
            date=date or self.date,
            topic=topic or self.topic,
        )

    def require_key(self) -> "DigestKey":
        """Return the digest's key. Raise DigestRefused if a part is unknown; it tells which."""
        if key := self.key:
            if len(key.source) > LONGEST_SOURCE:
                raise DigestRefused(
                    "location",
                    f"The source's name is longer than {LONGEST_SOURCE} characters; "
                    "give another one with --source NAME.",
                )
            return key
        options = {"source": "--source NAME", "date": "--date YYYY-MM-DD", "topic": "--topic NAME"}
        unknown = [part for part in options if getattr(self, part) is None]
        raise DigestRefused(
            "location",
            f"Which {' and '.join(unknown)} is this digest of? The path does not say; "
            f"give {' '.join(options[part] for part in unknown)}.",
        )


def locate(path: PurePath) -> Location:
    """Return the location that the path gives. Of several dated folders the last one counts."""
    folders = path.parts[:-1]
    for place in range(len(folders) - 1, -1, -1):
        if date := parse_date(folders[place]):
            source = _name(folders[place - 1]) if place else None
            return Location(source, date, _topic(folders[place + 1 :], path))
    return Location(topic=_theme(path))


def _name(text: str) -> str | None:
    """Return the cleaned name from a path or an option; None if nothing is left of it.

    Both are untrusted text.
    """
    plain = text.encode("utf-8", "replace").decode().strip("/\\")
    return " ".join(clean(plain).split()) or None


def parse_date(text: str) -> datetime.date | None:
    """Return the date of ``29-Jan-2025`` or ``2025-01-29``; None for anything else."""
    try:
        if match := _PUBLISHERS_DATE.fullmatch(text):
            day, month, year = match.groups()
            return datetime.date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
        return datetime.date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def parse_topic(name: str) -> TopicName:
    """Return the topic of an option: ``cs.AI`` is a category, ``Multimodal`` a theme."""
    kind = CATEGORY if _ARXIV_CATEGORY.fullmatch(name) else THEME
    return category(name) if kind == CATEGORY else TopicName(THEME, name)


def category(folder: str) -> TopicName:
    """Return the category of a publisher's folder: ``AI`` is arXiv's cs.AI, ``NLP`` is cs.CL."""
    name = _CATEGORY_FOLDERS.get(folder.upper(), folder)
    if re.fullmatch("[A-Za-z]{2}", name):
        name = f"cs.{name}"
    match = _ARXIV_CATEGORY.fullmatch(name)
    if match and (subject := match["subject"]):
        subject = subject.lower() if "-" in subject else subject.upper()
        name = f"{match['archive'].lower()}.{subject}"
    return TopicName(CATEGORY, name)


def _topic(folders: tuple[str, ...], path: PurePath) -> TopicName | None:
    """Return the topic from the path between the dated folder and the file."""
    if folders == ("topic",):
        return _theme(path)
    if len(folders) == 1 and path.stem.lower() in {"readme", "papers"}:
        name = _name(folders[0])
        return category(name) if name else None
    return None


def _theme(path: PurePath) -> TopicName | None:
    match = _THEME_FILE.fullmatch(path.stem)
    name = _name(match[1].replace("_", " ")) if match else None
    return TopicName(THEME, name) if name else None
