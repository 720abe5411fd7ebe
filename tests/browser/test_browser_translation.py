"""The browser's own translation, on papers without Chinese: offered where there is one."""

import pytest
from playwright.sync_api import Page, expect

from papers.models import Paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WITHOUT_CHINESE = "/papers/2501.99005/?lang=both"
WITH_CHINESE = "/papers/2501.99021/?lang=both"
OFFER, SITE_TRANSLATES = ".untranslated [data-offer] button", ".untranslated [data-instead]"

# A translator like the browser's; it reverses nothing and keeps marks as real ones mostly do.
TRANSLATOR = """
self.Translator = {
  availability: async ({ sourceLanguage, targetLanguage }) =>
    sourceLanguage === "en" && targetLanguage === "zh" ? "STATE" : "unavailable",
  create: async () => ({
    translate: async (text) => { if (FAILS) throw new Error(); return "译：" + text + LOST; },
    destroy() {},
  }),
};
"""


def with_translator(page: Page, state="available", fails="false", lost="''") -> Page:
    script = TRANSLATOR.replace("STATE", state).replace("FAILS", fails).replace("LOST", lost)
    page.add_init_script(script)
    return page


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9/v1"])
def test_where_there_is_none_the_site_says_whether_it_translates(new_reader, site, settings, url):
    settings.TRANSLATOR_URL = url
    page = new_reader()
    page.add_init_script("delete self.Translator")
    page.goto(site + WITHOUT_CHINESE)
    expect(page.locator(OFFER)).to_be_hidden()
    expect(page.locator(SITE_TRANSLATES)).to_be_visible(visible=bool(url))


def test_it_is_absent_where_the_browser_lacks_the_languages(new_reader, site):
    page = with_translator(new_reader(), "unavailable")
    page.goto(site + WITHOUT_CHINESE)
    expect(page.locator(OFFER)).to_be_hidden()


def test_it_is_absent_without_scripts_and_on_papers_with_chinese(new_reader, site):
    page = new_reader(java_script_enabled=False)
    page.goto(site + WITHOUT_CHINESE)
    expect(page.locator(OFFER)).to_be_hidden()
    page = with_translator(new_reader())
    page.goto(site + WITH_CHINESE)
    expect(page.locator(".untranslated")).to_have_count(0)


@pytest.mark.parametrize("state", ["available", "downloadable"])
def test_a_click_translates_title_and_abstract_and_says_whose_it_is(new_reader, site, state):
    page = with_translator(new_reader(), state)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + WITHOUT_CHINESE)
    page.wait_for_load_state("networkidle")
    asked.clear()
    page.locator(OFFER).click()
    paper = Paper.objects.get(arxiv_id="2501.99005")
    result = page.locator(".untranslated [data-result] p")
    expect(result.first).to_have_text(f"译：{paper.title_en}")
    assert page.locator(".untranslated [data-result]").get_attribute("lang") == "zh-Hans"
    expect(page.get_by_text("Translated by your browser")).to_be_visible()
    expect(page.locator(OFFER)).to_be_hidden()
    assert result.count() >= 2
    assert asked == []  # nothing leaves


@pytest.mark.parametrize("lost", ["''", "' ⟦7⟧ <b>x</b>'"])
def test_formulas_stay_formulas_and_foreign_text_stays_text(new_reader, site, lost):
    paper = Paper.objects.get(arxiv_id="2501.99005")
    paper.abstract_en = "It takes $n^2$ steps & <b>no</b> more."
    paper.card = {**paper.card, "html": {}}
    paper.save()
    page = with_translator(new_reader(), lost=lost)
    page.goto(site + WITHOUT_CHINESE)
    formulas = page.locator(".paper-abstract > .reading math").count()
    page.locator(OFFER).click()
    result = page.locator(".untranslated [data-result]")
    expect(result).to_contain_text("<b>no</b>")
    assert result.locator("math").count() == formulas == 1
    assert result.locator("b").count() == 0


def test_a_failure_is_said_and_may_be_tried_again(new_reader, site):
    page = with_translator(new_reader(), fails="true")
    page.goto(site + WITHOUT_CHINESE)
    page.locator(OFFER).click()
    expect(page.get_by_text("The browser could not translate it.")).to_be_visible()
    expect(page.locator(OFFER)).to_be_enabled()
