"""Fixtures for the admin: curators with their roles, and requests to the workbench."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from papers.models import FieldLock, Paper
from tests.support import sign_in

ROLES = ("Reader of the admin", "Curator", "Administrator")


@pytest.fixture
def signed_in(db) -> Callable[[str], Client]:
    """Return a function that signs in a user with a role; without a role, plain staff."""

    def signed_in(role: str) -> Client:
        user = User.objects.create_user(role or "nobody", is_staff=True)
        if role:
            user.groups.add(Group.objects.get(name=role))
        return sign_in(Client(), user)

    return signed_in


@pytest.fixture
def curator(signed_in) -> Client:
    return signed_in("Curator")


def workbench(paper: Paper, queue: str = "") -> str:
    address = reverse("admin:papers_paper_change", args=[paper.pk])
    return f"{address}?{urlencode({'_changelist_filters': queue})}" if queue else address


def press(client: Client, paper: Paper, act: str, queue: str = "", **said):
    """Press a button of the workbench with the paper's texts, except those in ``said``.

    What the page has to say of the texts was read before: they are saved as they are.
    """
    texts = {name: getattr(paper, name) for name in FieldLock.Field.values}
    seen = {f"seen_{name}": text for name, text in texts.items()}
    read = {f"warned_{name}": said.get(name, "") for name in ("title_zh", "abstract_zh")}
    return client.post(workbench(paper, queue), {**texts, **seen, **read, **said, "act": act})


def paper_of(arxiv_id: str) -> Paper:
    return Paper.objects.get(arxiv_id=arxiv_id)
