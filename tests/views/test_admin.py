"""The admin: every model can be searched and opened, and edits are saved."""

import pytest
from django.apps import apps
from django.urls import reverse

from papers.importing.run import Options, run_import
from papers.models import (
    Author,
    AuthorWord,
    Checkout,
    DailyCount,
    DailyRun,
    DataVersion,
    DeskVisit,
    FieldLock,
    MailedList,
    Notice,
    Paper,
    PaperWords,
    QueueCount,
    Related,
    SearchIndex,
    TermCounts,
    Topic,
    TriageRules,
    Vocabulary,
    WaitingFeed,
)
from tests.admin.conftest import press
from tests.support import record_text
from tests.views.conftest import EXPLAINED

pytestmark = pytest.mark.usefixtures("sample")

# Of these somebody sees something elsewhere: a former version on the history of its paper.
ELSEWHERE = {
    *(AuthorWord, DataVersion, DeskVisit, DailyCount, SearchIndex, TriageRules, TermCounts),
    *(Checkout, DailyRun, Notice, QueueCount, WaitingFeed, PaperWords, Related, Vocabulary),
    MailedList,
}
MODELS = [
    model
    for model in apps.get_app_config("papers").get_models()
    if not (model._meta.auto_created or model in ELSEWHERE or hasattr(model, "history_object"))
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_noun_can_be_listed_found_and_opened(admin_client, model):
    name = f"admin:papers_{model._meta.model_name}"
    assert admin_client.get(reverse(f"{name}_changelist")).status_code == 200
    assert admin_client.get(reverse(f"{name}_changelist"), {"q": "a"}).status_code == 200
    if one := model.objects.first():
        assert admin_client.get(reverse(f"{name}_change", args=[one.pk])).status_code == 200


def test_an_edited_title_is_locked_in_the_curators_name(admin_client, admin_user):
    paper = Paper.objects.get(arxiv_id=EXPLAINED)
    assert press(admin_client, paper, "save", title_zh="编辑改的标题").status_code == 302
    lock = FieldLock.objects.get()
    assert (lock.paper, lock.field, lock.by) == (paper, "title_zh", admin_user)


def test_an_edit_survives_a_reissued_digest_and_can_be_released(admin_client, tmp_path):
    def issue(title_zh: str) -> Paper:
        folder = tmp_path / "publisher" / "31-Jan-2025" / "topic"
        folder.mkdir(parents=True, exist_ok=True)
        text = record_text(arxiv_id="2501.98001", title="Lamps", title_zh=title_zh)
        (folder / "RAG_related_papers.md").write_text(text, "utf-8")
        run_import([str(tmp_path)], Options())
        return Paper.objects.get(arxiv_id="2501.98001")

    paper = issue("语料的灯")
    press(admin_client, paper, "save", title_zh="灯火", title_en="Lights")
    paper = issue("语料的灯笼")
    assert (paper.title_en, paper.title_zh) == ("Lights", "灯火")
    press(admin_client, paper, "release:title_zh")
    locks = list(FieldLock.objects.values_list("pk", flat=True))
    admin_client.post(
        reverse("admin:papers_fieldlock_changelist"),
        {"action": "release", "_selected_action": locks},
    )
    paper.refresh_from_db()
    assert (paper.title_en, paper.title_zh) == ("Lamps", "语料的灯笼")


def test_hiding_a_paper_takes_it_from_the_counts(admin_client):
    paper = Paper.objects.get(arxiv_id=EXPLAINED)
    author = Author.objects.filter(authorships__paper=paper).first()
    before = Topic.objects.get(slug="rag").paper_count, author.paper_count
    press(admin_client, paper, "hide", reason="not ours")
    author.refresh_from_db()
    after = Topic.objects.get(slug="rag").paper_count, author.paper_count
    assert after == (before[0] - 1, before[1] - 1)


def test_what_imports_wrote_cannot_be_changed_by_hand(admin_client):
    for name in ("digest", "translation", "appearance", "importrun"):
        assert admin_client.get(reverse(f"admin:papers_{name}_add")).status_code == 403


def test_the_admin_is_for_staff_only(client):
    assert client.get("/admin/").status_code == 302
