"""Roles: every admin address, requested by every role, allows exactly what the role needs."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from papers.models import (
    Author,
    Digest,
    ImportRun,
    Paper,
    Source,
    Term,
    Topic,
    Upload,
)
from tests.admin.conftest import ROLES, paper_of, press
from tests.cast import KITE

pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.alike]

OK, REFUSED = 200, 403
EVIDENCE = (
    *("translation", "doubt", "fieldlock", "digest", "appearance", "authorship", "authoralias"),
    *("authorchoice", "alikeauthors", "papertopic", "topicremoval", "importrun", "importproblem"),
    *("translationrun", "translationattempt", "termweek", "risingterm", "judgement"),
)
NOUNS = ("paper", "author", "topic", "source", "upload", "term", *EVIDENCE)

# What may be sent to, by the least role that may; a role may do what the ones before it may.
SENT_TO = {
    "papers_paper_change": "Curator",
    "papers_paper_undo": "Curator",
    "papers_paper_take_back": "Curator",
    "papers_paper_restore": "Curator",
    "papers_paper_remedies": "Curator",
    "today": "Curator",
    "papers_author_change": "Curator",
    "papers_author_decide": "Curator",
    "papers_author_look": "Curator",
    "papers_author_letters": "Curator",
    "papers_author_undo": "Curator",
    "papers_topic_change": "Curator",
    "papers_term_add": "Curator",
    "papers_term_change": "Curator",
    "papers_risingterm_change": "Curator",
    "papers_upload_add": "Curator",
    "papers_upload_ask": "Curator",
    "papers_source_fetch": "Curator",
    "papers_topic_merge": "Administrator",
    "papers_source_change": "Administrator",
    "auth_user_add": "Administrator",
    "problems_read": "Reader of the admin",
    "waiting_feed_key": "Reader of the admin",
}


def names() -> set[str]:
    """The names of all addresses of the admin."""
    found: set[str] = set()

    def walk(patterns) -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                walk(one.url_patterns)
            elif isinstance(one, URLPattern) and one.name:
                found.add(one.name)

    (admin,) = (
        one for one in get_resolver().url_patterns if getattr(one, "app_name", "") == "admin"
    )
    walk(admin.url_patterns)
    return found


def address(name: str) -> str | None:
    """One address of this name, of rows that there are; None of tables of other rooms' making."""
    row = {
        "paper": Paper,
        "author": Author,
        "topic": Topic,
        "source": Source,
        "digest": Digest,
        "importrun": ImportRun,
        "upload": Upload,
        "term": Term,
    }
    args: list = []
    if name.startswith("papers_") and name.split("_")[2] in {
        "change",
        "history",
        "delete",
        "merge",
        "ask",
        "restore",
        "fetch",
    }:
        model = name.split("_")[1]
        first = row[model].objects.first() if model in row else None
        args = [first.pk if first else 1]
    if name == "waiting_feed":
        args = ["nobody"]
    if name == "papers_paper_restore":
        args += ["1"]
    if name == "papers_paper_undo":
        args = ["0" * 16]
    if name == "papers_paper_take_back":
        args = [1]
    if name.startswith("auth_") and name.split("_")[2] in {"change", "history", "delete"}:
        args = [User.objects.first().pk if "user" in name else Group.objects.first().pk]
    if (
        name in {"view_on_site", "auth_user_password_change", "app_list"}
        or "simple_history" in name
        or "go_back" in name
    ):
        return None
    return reverse(f"admin:{name}", args=args)


@pytest.fixture
def upload(db) -> Upload:
    return Upload.objects.create(file="x/y.md", name="y.md", state=Upload.State.DONE)


@pytest.fixture
def term(db) -> Term:
    return Term.objects.create(english="paper lantern", chinese="纸灯笼")


@pytest.mark.parametrize("role", ["", *ROLES])
def test_nobody_meets_an_error_and_nobody_sends_what_the_role_may_not(
    signed_in, upload, term, role
):
    client = signed_in(role)
    rank = ROLES.index(role) if role else -1
    for name in sorted(names() - {"logout", "login", "jsi18n"}):
        if not (where := address(name)):
            continue
        assert client.get(where).status_code in {200, 301, 302, 403, 404, 405}, (role, where)
        least = SENT_TO.get(name)
        if name.startswith("papers_") and (least is None or rank < ROLES.index(least)):
            answer = client.post(where, {"act": "unhide"})
            if name.endswith(("_changelist", "_history", "_alike")) and rank >= 0:
                continue  # these only show themselves, however they are asked
            gone = answer.status_code == 302 and answer.url == "/admin/"  # no such row
            assert gone or answer.status_code in {403, 404, 405}, (role, where)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("noun", NOUNS)
def test_every_role_may_read_every_noun_and_staff_alone_none(signed_in, role, noun):
    where = reverse(f"admin:papers_{noun}_changelist")
    assert signed_in(role).get(where).status_code == OK
    assert signed_in("").get(where).status_code == REFUSED


def test_a_reader_of_the_admin_decides_nothing(signed_in):
    reader = signed_in("Reader of the admin")
    for act in ("hide", "unhide", "feature", "save", "release:title_zh", "annotate"):
        assert press(reader, paper_of(KITE), act, reason="x", order="1").status_code == REFUSED
    page = reader.get(reverse("admin:papers_paper_change", args=[paper_of(KITE).pk]))
    assert "data-save-next" not in page.content.decode()
    assert not Paper.history.exists()
    bulk = {
        "action": "hide",
        "_selected_action": [paper_of(KITE).pk],
        "confirmed": "1",
        "reason": "x",
    }
    reader.post(reverse("admin:papers_paper_changelist"), bulk)
    assert not paper_of(KITE).hidden


def test_only_an_administrator_touches_sources_and_accounts(signed_in):
    source = reverse("admin:papers_source_change", args=[Source.objects.first().pk])
    users = reverse("admin:auth_user_changelist")
    for role in ROLES[:2]:
        client = signed_in(role)
        assert client.post(source, {"licence": "x"}).status_code == REFUSED
        assert client.get(users).status_code == REFUSED
    administrator = signed_in("Administrator")
    form = {"licence": "CC BY 4.0", "url": "", "rank": "100", "fetch_kind": "git", "weekdays": "5"}
    assert administrator.post(source, form).status_code == 302
    assert administrator.get(users).status_code == OK


def test_an_administrator_cannot_make_or_touch_a_superuser(signed_in):
    root = User.objects.create_superuser("root", password="secret")
    administrator = signed_in("Administrator")
    own = User.objects.get(username="Administrator")
    address = reverse("admin:auth_user_change", args=[own.pk])
    data = {"username": "Administrator", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    dates = {"date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    administrator.post(
        address, {**data, **dates, "user_permissions": Permission.objects.first().pk}
    )
    own.refresh_from_db()
    assert not own.is_superuser
    assert not own.user_permissions.exists()
    for name in ("auth_user_change", "auth_user_delete", "auth_user_password_change"):
        where = reverse(f"admin:{name}", args=[root.pk])
        answer = administrator.post(
            where, {**data, "password1": "x", "password2": "x", "post": "yes"}
        )
        assert answer.status_code == REFUSED, name
    assert User.objects.filter(pk=root.pk, is_superuser=True).exists()
    group = Group.objects.get(name="Curator")
    where = reverse("admin:auth_group_change", args=[group.pk])
    assert administrator.post(where, {"name": "x"}).status_code == REFUSED


def test_a_visitor_is_asked_to_sign_in(signed_in):
    signed_in("Curator")
    for name in sorted(names() - {"login", "logout", "jsi18n"}):
        if where := address(name):
            assert Client().get(where).status_code in {302, 404, 405}, where
