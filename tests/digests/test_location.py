"""Source, date and topic from a path, and the options that override it."""

import calendar
import datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.digests.errors import DigestRefused
from papers.digests.location import (
    CATEGORY,
    THEME,
    DigestKey,
    Location,
    TopicName,
    category,
    locate,
    parse_date,
    parse_topic,
)

DAY = datetime.date(2025, 1, 29)
AI, MULTIMODAL = TopicName(CATEGORY, "cs.AI"), TopicName(THEME, "Multimodal")
AI_FILE = "in/daily/29-Jan-2025/AI/README.md"
UNDATED = "in/Multimodal_related_papers.md"


def located(path: str) -> Location:
    return locate(PurePosixPath(path))


@pytest.mark.parametrize(
    ("path", "source", "topic"),
    [
        ("/in/daily/29-Jan-2025/topic/Multimodal_related_papers.md", "daily", MULTIMODAL),
        ("in/daily/2025-01-29/topic/Multimodal_related_papers.md", "daily", MULTIMODAL),
        ("daily/29-jan-2025/topic/Multimodal_related_papers.jsonl", "daily", MULTIMODAL),
        ("daily/29-Jan-2025/topic/Multimodal_Related_Papers.markdown", "daily", MULTIMODAL),
        ("/in/daily/29-Jan-2025/AI/README.md", "daily", AI),
        ("daily/2025-01-29/AI/readme.md", "daily", AI),
        ("daily/29-Jan-2025/AI/papers.jsonl", "daily", AI),
        ("daily/29-Jan-2025/cs.AI/README.md", "daily", AI),
        ("daily/29-Jan-2025/cs-ai/README.md", "daily", AI),
        ("中文日报/29-Jan-2025/AI/README.md", "中文日报", AI),
        ("/29-Jan-2025/AI/README.md", None, AI),
        ("29-Jan-2025/AI/README.md", None, AI),
        ("daily/29-Jan-2025/README.md", "daily", None),
        ("daily/29-Jan-2025/AI/notes.md", "daily", None),
        ("daily/29-Jan-2025/AI/more/README.md", "daily", None),
        ("daily/29-Jan-2025/topic/README.md", "daily", None),
        ("a/28-Jan-2025/daily/29-Jan-2025/AI/README.md", "daily", AI),
        ("a/2024-12-31/2025-01-29/AI/README.md", "2024-12-31", AI),
    ],
)
def test_a_path_with_a_dated_folder_says_where_a_digest_belongs(path, source, topic):
    assert located(path) == Location(source, DAY, topic)


@pytest.mark.parametrize("day", ["31-Feb-2025", "2025-02-31", "0-Jan-2025", "29-Foo-2025"])
def test_an_impossible_date_is_no_date(day):
    assert parse_date(day) is None
    assert located(f"daily/{day}/AI/README.md") == Location()


@pytest.mark.parametrize(
    "text",
    ["", "29 Jan 2025", "29-January-2025", "2025-1-29", "20250129", "2025-W05-3", "0000-01-01"],
)
def test_other_ways_to_write_a_date_are_not_guessed(text):
    assert parse_date(text) is None


@given(st.text())
def test_no_text_makes_the_date_raise(text):
    assert parse_date(text) is None or "-" in text


@given(st.dates())
def test_both_ways_to_write_a_date_mean_the_same(day):
    month = calendar.month_abbr[day.month]
    assert parse_date(f"{day.day}-{month}-{day.year:04}") == day == parse_date(day.isoformat())


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("AI/README.md", "cs-ai"),
        ("IR/README.md", "cs-ir"),
        ("NLP/README.md", "cs-cl"),
        ("nlp/README.md", "cs-cl"),
        ("RO/README.md", "cs-ro"),
        ("topic/RO_related_papers.md", "ro"),
        ("topic/Multimodal_related_papers.md", "multimodal"),
        ("topic/RAG_related_papers.md", "rag"),
        ("topic/World_Models_related_papers.md", "world-models"),
        ("topic/多模态_related_papers.md", "多模态"),
        ("topic/cs.AI_related_papers.md", "theme-cs-ai"),
        ("topic/!!!_related_papers.md", "e84c53"),
        ("Robotics/README.md", "category-robotics"),
        ("stat.ML/README.md", "stat-ml"),
        ("q-bio.NC/README.md", "q-bio-nc"),
    ],
)
def test_a_topic_has_the_slug_of_its_kind(path, slug):
    topic = located(f"daily/29-Jan-2025/{path}").topic
    assert topic.slug == slug
    assert topic.kind == (THEME if path.startswith("topic/") else CATEGORY)


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_category_has_the_slug_of_a_theme(name, other):
    assert category(name).slug != TopicName(THEME, other).slug
    assert category(name).slug != TopicName(THEME, name).slug


@pytest.mark.parametrize("theme", ["Category Robotics", "category-robotics"])
def test_not_even_where_a_theme_is_named_like_one(theme):
    assert TopicName(THEME, theme).slug != category("Robotics").slug


@given(st.text(min_size=1), st.sampled_from([CATEGORY, THEME]))
def test_a_slug_can_stand_in_an_address(name, kind):
    slug = TopicName(kind, name).slug
    assert slug
    assert not set(slug) & set(" /?#&.%\n")


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("cs.AI", AI),
        ("cs.ai", AI),
        ("cs-ai", AI),
        ("stat.ML", TopicName(CATEGORY, "stat.ML")),
        ("Multimodal", MULTIMODAL),
        ("RO", TopicName(THEME, "RO")),
        ("世界模型", TopicName(THEME, "世界模型")),
    ],
)
def test_an_operator_names_a_category_as_arxiv_does_and_a_theme_by_any_other_name(name, topic):
    assert parse_topic(name) == topic


@pytest.mark.parametrize(
    "name", ["physics.bio-ph", "physics.chem-ph", "cond-mat.mtrl-sci", "hep-th"]
)
def test_the_categories_outside_of_computer_science_are_categories_too(name):
    assert parse_topic(name).kind == CATEGORY
    assert parse_topic(name).slug == name.replace(".", "-")


def test_what_the_operator_says_wins_over_the_path():
    day = datetime.date(2025, 2, 3)
    assert located(AI_FILE).overridden("mine", day, MULTIMODAL).source == "mine"
    assert located(AI_FILE).overridden("mine", day, None) == Location("mine", day, AI)
    assert located(AI_FILE).overridden(None, None, None) == Location("daily", DAY, AI)
    assert located(UNDATED).overridden("mine", day, AI) == Location("mine", day, AI)


def test_a_topic_named_for_a_category_folder_is_a_category():
    chosen = located(AI_FILE).overridden(None, None, parse_topic("RO")).topic
    assert chosen == TopicName(CATEGORY, "cs.RO")
    assert located(UNDATED).overridden(None, None, parse_topic("RO")).topic == parse_topic("RO")


def test_where_all_three_are_known_there_is_a_key():
    assert located(AI_FILE).require_key() == DigestKey("daily", DAY, AI)
    assert located(AI_FILE).key == DigestKey("daily", DAY, AI)


@pytest.mark.parametrize(
    ("path", "question", "options"),
    [
        ("29-Jan-2025/AI/README.md", "Which source is", ["--source NAME"]),
        ("daily/29-Jan-2025/x.md", "Which topic is", ["--topic NAME"]),
        (UNDATED, "Which source and date is", ["--source NAME", "--date YYYY-MM-DD"]),
        (
            "x.md",
            "Which source and date and topic is",
            ["--source NAME", "--date YYYY-MM-DD", "--topic NAME"],
        ),
    ],
)
def test_the_question_left_open_names_the_options_that_answer_it(path, question, options):
    assert located(path).key is None
    with pytest.raises(DigestRefused) as refused:
        located(path).require_key()
    message = str(refused.value)
    assert message.startswith(question)
    assert message.endswith(f"give {' '.join(options)}.")
    assert refused.value.problem.code == "location"


def test_names_that_differ_only_in_signs_are_different_topics():
    slugs = {TopicName(THEME, name).slug for name in ("C", "C++", "C#", "c#")}
    assert len(slugs) == 3
    assert "c" in slugs
