"""Authors and topics of a paper as links."""

from papers.models import Author, Topic
from papers.templatetags.reading import author_links, topic_links


def test_names_lead_to_their_authors_and_are_escaped():
    ma, other = Author(key="yi-ma-3f9c2a"), Author(key="b-1f9c2b")
    links = author_links([("Yi Ma", ma.key), ("<b> & Co", other.key)])
    assert links == (
        f'<a href="{ma.get_absolute_url()}">Yi Ma</a>, '
        f'<a href="{other.get_absolute_url()}">&lt;b&gt; &amp; Co</a>'
    )
    assert author_links([]) == ""


def test_a_theme_is_named_and_a_category_is_a_code():
    rag = Topic(kind=Topic.Kind.THEME, slug="rag", name_en="Retrieval & more")
    ai = Topic(kind=Topic.Kind.CATEGORY, slug="cs-ai", name_en="Artificial Intelligence")
    links = topic_links([rag, ai])
    assert (
        '<a class="topic" href="/topics/rag/"><span lang="en">Retrieval &amp; more</span></a>'
        in links
    )
    assert '<span lang="en" translate="no">cs.AI</span>' in links
