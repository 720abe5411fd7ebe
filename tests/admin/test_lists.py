"""The admin's lists answer every address."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.admin.conftest import paper_of, press
from tests.cast import ANCHOR, KITE

pytestmark = pytest.mark.usefixtures("small_site")
admin.autodiscover()
LISTS = sorted(
    f"admin:{model._meta.label_lower.replace('.', '_')}_changelist"
    for model in admin.site._registry
)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["q=%00", "id=a%00b"])
def test_what_no_database_can_look_for_is_refused_in_words(curator, name, query):
    answer = curator.get(f"{reverse(name)}?{query}")
    assert answer.status_code in (400, 403)
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize(("language", "said"), [("en", "Papers"), ("zh-hans", "论文")])
def test_a_list_is_called_by_what_it_lists(curator, language, said):
    curator.cookies["ui"] = language
    text = curator.get(reverse("admin:papers_paper_changelist")).content.decode()
    assert f"<h1>{said}</h1>" in text
    assert f"<title>{said} | " in " ".join(text.split())


@pytest.mark.parametrize("name", LISTS)
def test_a_list_opens_and_is_searched_in_either_script(signed_in, name):
    client = signed_in("Administrator")
    for query in ("", "q=lamp", "q=检索", "q=%27%22%3Cb%3E", "p=99999", "o=99", "nonsense=1"):
        assert client.get(f"{reverse(name)}?{query}", follow=True).status_code == 200


def test_papers_are_searched_as_readers_search_and_hidden_ones_by_id_and_title(curator):
    papers = reverse("admin:papers_paper_changelist")

    def found(query: str) -> set[str]:
        listed = curator.get(papers, {"q": query, "all": ""}).context["cl"].queryset
        return {paper.arxiv_id for paper in listed}

    title = paper_of(ANCHOR).title_en
    assert ANCHOR in found(title)
    press(curator, paper_of(ANCHOR), "hide", reason="a twin")
    assert found(title) == found(ANCHOR) == {ANCHOR}
    assert KITE in found(paper_of(KITE).title_zh)
    assert KITE not in found(f"{paper_of(KITE).title_en} -{paper_of(KITE).title_en.split()[0]}")
