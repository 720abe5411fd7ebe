"""No role can change more through the admin than it may: every address, role and form.

Each form that a superuser gets is sent by every role, to its own address and to all others of its
model, with guessed values as well; of what is guessed each role tries another share, with HARD=1
all. Changes are found by comparing all tables.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from papers import curation
from papers.curation import keeps_first_version
from papers.db import version_cache
from papers.models import (
    Author,
    ImportProblem,
    ImportRun,
    Source,
    Topic,
    Translation,
    Upload,
)
from tests.admin.conftest import ROLES, paper_of
from tests.cast import ANCHOR, KITE, LAMP
from tests.security.admin_walk import Form, addresses, forms_in, guess_at, noun_of

pytestmark = pytest.mark.alike

Row = dict[str, object]
Tables = dict[str, dict[str, Row]]

# Sessions, tries to sign in, the admin's own log and what tells caches to ask again: everybody
# writes them who may sign in.
NOT_COMPARED = ("django_session", "axes_", "django_admin_log", "sqlite_")
# What a request that reads says to the database.
READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ", "SHOW", "PRAGMA", "EXPLAIN")

ACCOUNTS = {"auth.add_user", "auth.change_user", "auth.delete_user"}
DECISIONS = {"papers.change_paper", "papers.change_author", "papers.delete_topic"}
# Whoever changes a table needs one of these rights; a table that is not named is nobody's.
NEEDED = {
    **dict.fromkeys(
        ("paper", "papertopic", "authorship", "author", "authorword", "tally", "doubt"), DECISIONS
    ),
    **dict.fromkeys(("appearance", "translation", "fieldlock", "topicremoval"), DECISIONS),
    "judgement": {"papers.change_paper"},
    "historicalpaper": {"papers.change_paper"},
    **dict.fromkeys(
        ("authoralias", "authorchoice", "historicalauthoralias", "historicalauthorchoice"),
        {"papers.change_author"},
    ),
    "alikeauthors": {"papers.change_author"},
    **dict.fromkeys(("topic", "historicaltopic"), {"papers.change_topic", "papers.delete_topic"}),
    **dict.fromkeys(("source", "historicalsource"), {"papers.change_source"}),
    "dataversion": {*DECISIONS, "papers.change_topic", "papers.change_source"},
    "digest": {"papers.change_paper"},  # whether changes of another source are accepted
    "upload": {"papers.add_upload"},
    "deskvisit": {"papers.view_importproblem"},
    "queuecount": {"papers.view_paper"},  # kept when the log is opened
    "waitingfeed": {"papers.view_paper"},  # everybody's own
    "auth_user": ACCOUNTS,
    "auth_user_groups": ACCOUNTS,
    "auth_user_user_permissions": {"auth.change_permission"},
    **dict.fromkeys(("auth_group", "auth_group_permissions"), {"auth.change_group"}),
}
CHANGED_BY_ROOT = {
    *("topic", "historicaltopic", "source", "historicalsource", "paper", "historicalpaper"),
    *("fieldlock", "topicremoval", "papertopic", "alikeauthors", "upload", "deskvisit"),
    *("auth_user", "auth_user_groups", "auth_group", "auth_group_permissions"),
}
DERIVED = {"topic": {"paper_count"}}  # columns that follow from other tables
SHARE = 1 if os.environ.get("HARD") else 8  # each role tries every eighth guess
OWN = {"password"}  # what everybody who may sign in changes of the own account


@pytest.fixture
def filled_admin(small_site, tmp_path, monkeypatch) -> None:
    """The small cast with a row of nearly everything that the admin shows, and versions of it."""
    monkeypatch.setattr(Upload.file.field, "storage", FileSystemStorage(tmp_path / "uploads"))
    root = User.objects.create_superuser("root", password="a lamp")
    for noun, field in ((Topic, "name_en"), (Source, "licence")):
        row = noun.objects.order_by("pk").first()
        keeps_first_version(row)
        setattr(row, field, "Edited")
        row.save()
    curation.merge_topic(Topic.objects.get(slug="rag"), Topic.objects.get(slug="multimodal"))
    author = {one.name: one for one in Author.objects.all()}
    curation.merge_authors(author["Jo Placeholder"], author["Gus Nobody"])
    curation.are_different(author["Fu Man-Made"].key, author["Hana Sample"].key)
    curation.split_author(author["Eva Invented"], [paper_of(ANCHOR)])
    curation.pick(paper_of(LAMP), Translation.objects.filter(paper=paper_of(LAMP))[0], root)
    curation.remove_topic([paper_of(KITE)], Topic.objects.get(slug="cs-ai"), root)
    curation.annotate([paper_of(KITE)], note_en="Read it.", note_zh="", by=root, batch="b" * 16)
    run = ImportRun.objects.first()
    ImportProblem.objects.create(run=run, file="x.md", line=1, code="x", message="x")
    for state in (Upload.State.DONE, Upload.State.FAILED):
        Upload.objects.create(file="x/y.md", name="y.md", state=state)


def everybody() -> dict[str, User | AnonymousUser]:
    """A visitor, a reader with an account, staff without a role, each role, a superuser."""
    people: dict[str, User | AnonymousUser] = {"a visitor": AnonymousUser()}
    people["an account"] = User.objects.create_user("account")
    people["staff"] = User.objects.create_user("staff", is_staff=True)
    for role in ROLES:
        people[role] = User.objects.create_user(role, is_staff=True)
        people[role].groups.add(Group.objects.get(name=role))
    return people | {"a superuser": User.objects.get(username="root")}


def browser_of(user: User | AnonymousUser) -> Client:
    client = Client(raise_request_exception=False)
    if user.pk:
        client.force_login(user)
    return client


def tables(written: Iterable[str] = ()) -> Tables:
    """Every table, each row by all that it holds; of statements those that they name."""
    found: Tables = {}
    with connection.cursor() as cursor:
        names = [
            one
            for one in connection.introspection.table_names(cursor)
            if not one.startswith(NOT_COMPARED)
        ]
        for name in names:
            if written and not any(name in one for one in written):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            columns = [one[0] for one in cursor.description]
            rows = (dict(zip(columns, row, strict=True)) for row in cursor.fetchall())
            found[name.removeprefix("papers_")] = {
                repr(row): row for row in map(lambda row, n=name: _compared(n, row), rows)
            }
    return found


def _compared(table: str, row: Row) -> Row:
    derived = DERIVED.get(table.removeprefix("papers_"), set())
    return {name: value for name, value in row.items() if name not in derived}


@contextmanager
def taken_back(client: Client) -> Iterator[list[str]]:
    """Takes back what the block writes; yields the statements that wrote something."""
    wrote: list[str] = []

    def watch(execute, sql, params, many, context):
        said = str(sql)
        reads = said.lstrip(" (").upper().startswith(READING)
        if not reads and not any(f'"{name}' in said for name in NOT_COMPARED):
            wrote.append(said)
        return execute(sql, params, many, context)

    cookies = {name: one.value for name, one in client.cookies.items()}
    mark = transaction.savepoint()
    with connection.execute_wrapper(watch):
        yield wrote
    transaction.savepoint_rollback(mark)
    client.cookies.clear()
    client.cookies.load(cookies)
    if wrote:
        version_cache.clear()


def changes_of(client: Client, form: Form, before: Tables) -> tuple[dict[str, list[Row]], object]:
    """The rows of each table that are other than before, once the form is sent; and the answer."""
    with taken_back(client) as wrote:
        answer = form.send(client)
        after = tables(wrote) if wrote else {}
    found = {
        name: [
            before[name].get(key) or after[name][key] for key in before[name].keys() ^ rows.keys()
        ]
        for name, rows in after.items()
    }
    return {name: rows for name, rows in found.items() if rows}, answer


def may_change(user: User | AnonymousUser, table: str, rows: list[Row]) -> bool:
    if user.is_superuser:
        return True
    if table == "auth_user":
        return all(_may_touch(user, theirs) for theirs in _by_account(rows))
    return any(user.has_perm(one) for one in _needed(table))


def _needed(table: str) -> set[str]:
    return DECISIONS if table.startswith("search") else NEEDED.get(table, set())


def _by_account(rows: list[Row]) -> list[list[Row]]:
    return [[row for row in rows if row["id"] == pk] for pk in {row["id"] for row in rows}]


def _may_touch(user: User | AnonymousUser, before_and_after: list[Row]) -> bool:
    first, last = before_and_after[0], before_and_after[-1]
    if first["id"] == user.pk and len(before_and_after) == 2:
        other = {name for name in first if first[name] != last[name]} - OWN
        if user.is_staff and not other:
            return True
    is_superusers = any(row["is_superuser"] for row in before_and_after)
    return not is_superusers and any(user.has_perm(one) for one in ACCOUNTS)


def all_forms(root: Client) -> list[Form]:
    """What a superuser is shown, and shown in answer to actions of lists."""
    shown = [form for one in addresses() for form in _shown(root.get(one), one)]
    shown += _shown(Client().get(reverse("admin:login")), reverse("admin:login"))
    for form in [one for one in dict.fromkeys(shown) if "action" in dict(one.fields)]:
        with taken_back(root):
            shown += _shown(form.send(root), form.address)
    return [*dict.fromkeys(shown)]


def _shown(answer, address: str) -> list[Form]:
    is_page = answer.status_code == 200 and "html" in answer.headers["Content-Type"]
    return list(forms_in(answer.content, address)) if is_page else []


def guesses(shown: list[Form]) -> Iterator[Form]:
    """To every address the form of its noun that has most fields, and what one would make up."""
    for address in addresses():
        noun = noun_of(address)
        own = [form for form in shown if noun and noun_of(form.address) == noun]
        if own:
            yield max(own, key=lambda form: len(form.fields)).to(address)
        yield Form(address, guess_at(noun))


def test_nobody_changes_through_the_admin_what_the_role_may_not(filled_admin):
    people = everybody()
    shown = all_forms(browser_of(people["a superuser"]))
    guessed = [*guesses(shown)]
    faults, by_root = set(), set()
    for number, (who, user) in enumerate(people.items()):
        client = browser_of(user)
        before = tables()
        for form in shown if user.is_superuser else [*shown, *guessed[number % SHARE :: SHARE]]:
            changed, answer = changes_of(client, form, before)
            if answer.status_code >= 500:
                faults.add(f"{who}: {form.address} answers {answer.status_code}")
            for table, rows in changed.items():
                if user.is_superuser:
                    by_root.add(table)
                if not may_change(user, table, rows):
                    faults.add(f"{who} changes {table} at {form.address}")
        assert tables() == before, who
    assert sorted(faults) == []
    # The forms were such that they change something where they may.
    assert by_root >= CHANGED_BY_ROOT, CHANGED_BY_ROOT - by_root
