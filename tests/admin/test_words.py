"""The words of the admin: Chinese in the Chinese interface, and nothing that cannot be used."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone, translation
from lxml import html

from papers import curation
from papers.models import FieldLock, ImportRun, Source, Topic
from tests.admin.conftest import paper_of, press, workbench
from tests.cast import EXPLAINED, KITE

pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.alike]


def page(client, address: str):
    return html.fromstring(client.get(address).content.decode())


def in_chinese(client):
    client.cookies["ui"] = "zh-hans"
    return client


class TestChinese:
    def test_topics_have_their_chinese_names_in_filters_menus_and_lists(self, curator):
        client = in_chinese(curator)
        menus = {
            "/admin/papers/paper/": "#changelist-filter",
            workbench(paper_of(KITE)): "select[name=topic]",
            "/admin/papers/digest/": "#result_list",
        }
        for address, place in menus.items():
            (menu,) = page(client, address).cssselect(place)
            assert "多模态" in menu.text_content(), address
            assert "Multimodal" not in menu.text_content(), address
        missing = page(client, "/admin/missing-digests/").text_content()
        assert "检索增强生成" in missing
        assert "Retrieval" not in missing

    @pytest.mark.parametrize(
        ("noun", "heads"),
        [
            ("digest", {"日期", "主题", "来源"}),
            ("fieldlock", {"论文", "字段", "操作人"}),
            ("appearance", {"论文", "文摘"}),
            ("authorship", {"论文"}),
            ("upload", {"操作人", "主题"}),
            ("doubt", {"论文", "缺陷", "来源"}),
            ("importproblem", {"文件", "问题", "任务"}),
        ],
    )
    def test_the_columns_are_named_in_chinese(self, curator, noun, heads):
        curation.edit(paper_of(KITE), "title_en", "Kites", User.objects.get())
        shown = page(in_chinese(curator), f"/admin/papers/{noun}/")
        named = {one.text_content().strip() for one in shown.cssselect("#result_list th .text")}
        assert heads <= named or not shown.cssselect("#result_list")

    def test_faults_are_named(self, curator):
        listed = page(in_chinese(curator), "/admin/papers/doubt/").text_content()
        assert "附加说明" in listed
        assert "explained" not in listed

    def test_roles_and_djangos_own_words(self, signed_in):
        administrator = in_chinese(signed_in("Administrator"))
        (account,) = User.objects.all()
        shown = page(administrator, f"/admin/auth/user/{account.pk}/change/")
        assert [one.text_content().strip() for one in shown.cssselect("#id_groups label")] == [
            "管理员",
            "编辑",
            "编辑台访客",
        ]
        assert "Model name" not in administrator.get("/admin/").content.decode()

    def test_the_site_is_named_once(self, curator):
        (brand,) = page(in_chinese(curator), "/admin/").cssselect("#site-name")
        assert brand.text_content().split() == ["对照", "编辑台"]

    def test_a_run_has_its_local_time_and_its_state_as_title(self, settings):
        settings.TIME_ZONE = "Asia/Shanghai"
        started = datetime.datetime(2026, 11, 29, 20, 5, tzinfo=datetime.UTC)
        with translation.override("zh-hans"), timezone.override("Asia/Shanghai"):
            run = ImportRun(started=started, state=ImportRun.State.DONE)
            assert str(run) == "2026-11-30 04:05 完成"


class TestWhatMayBeUsed:
    def test_a_reader_of_the_admin_gets_texts_and_no_boxes(self, signed_in):
        reader = signed_in("Reader of the admin")
        shown = page(reader, workbench(paper_of(EXPLAINED)))
        assert shown.cssselect("#content textarea, #content select") == []
        assert paper_of(EXPLAINED).title_en in shown.text_content()

    @pytest.mark.parametrize(("role", "links"), [("Reader of the admin", 0), ("Administrator", 1)])
    def test_accounts_are_linked_for_those_who_may_see_them(self, signed_in, role, links):
        client = signed_in(role)
        source, by = Source.objects.first(), User.objects.get()
        curation.keeps_first_version(source)
        source._history_user, source.licence = by, "CC0"
        source.save()
        history = page(client, f"/admin/papers/source/{source.pk}/history/")
        assert len(history.cssselect("#content a[href*='/admin/auth/']")) == links
        curation.edit(paper_of(KITE), "title_en", "Kites", by)
        lock = FieldLock.objects.get()
        text = client.get(f"/admin/papers/fieldlock/{lock.pk}/change/").content.decode()
        assert "/admin/auth/user/" not in text.split('id="content"')[1]


class TestWay:
    def test_the_site_leads_a_curator_to_the_admin_and_nobody_else(self, curator, client):
        (link,) = page(curator, "/papers/").cssselect("a.admin-link")
        assert link.get("href") == "/admin/"
        assert page(client, "/papers/").cssselect("a.admin-link") == []

    def test_edit_leads_back_to_the_paper(self, curator):
        paper = paper_of(KITE)
        (edit,) = page(curator, f"/papers/{KITE}/").cssselect(".edit-link a")
        address = edit.get("href")
        texts = {name: getattr(paper, name) for name in FieldLock.Field.values}
        seen = {f"seen_{name}": text for name, text in texts.items()}
        saved = curator.post(address, {**texts, **seen, "title_en": "Kites", "act": "save"})
        assert saved.url == address
        saved = curator.post(address, {**texts, **seen, "act": "save-next"})
        assert saved.url == f"/papers/{KITE}/"
        assert press(curator, paper_of(KITE), "save-next").url == "/admin/papers/paper/"

    def test_a_merge_of_topics_is_told_in_words(self, signed_in):
        administrator = signed_in("Administrator")
        rag, into = (Topic.objects.get(slug=slug) for slug in ("rag", "multimodal"))
        merge = f"/admin/papers/topic/{rag.pk}/merge/"
        told = administrator.post(merge, {"into": into.pk}, follow=True).content.decode()
        assert "The topics were merged." in told
        assert (
            "The merge was undone."
            in administrator.post(merge, {"unmerge": "1"}, follow=True).content.decode()
        )
