"""Collect every admin address for existing rows, with the forms that can be submitted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import lxml.html
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from papers.models import Paper, Topic
from tests.support import record_text

PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\[\^/\]\+\)")  # an argument in a route
TWO_ROWS = (User, Topic)  # a superuser and another; one that is merged and another
# They write what "_save" writes, and lead elsewhere after it.
SAME_AS_SAVE = {"_addanother", "_continue", "_saveasnew"}
ANCHOR = re.compile(r"(?<!\[)\^|\$")
NOUN = re.compile(r"^(\w+)/(\w+)/")


@dataclass(frozen=True)
class Form:
    """What a browser would send to an address; of a file only the field's name."""

    address: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    file: str = ""

    def send(self, client: Client):
        data: dict = {name: list(values) for name, values in self.fields}
        if self.file:
            data[self.file] = SimpleUploadedFile("digest.md", record_text("2501.97090").encode())
        return client.post(self.address, data)

    def to(self, address: str) -> "Form":
        return Form(address, self.fields, self.file)


def addresses() -> list[str]:
    """All addresses of ``admin.site``, each with a row of its noun, or with two."""
    found = [filled for route in _routes(admin.site.get_urls()) for filled in _filled(route)]
    assert not [one for one in found if set(one) & set("<>()[]^$")]
    return [reverse("admin:index") + one for one in dict.fromkeys(found)]


def _routes(patterns, before: str = "") -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield ANCHOR.sub("", route)


def _filled(route: str) -> Iterator[str]:
    if "app_label" in route:
        yield from (f"{app}/" for app in ("auth", "papers"))
    elif "(?P<url>" in route:
        yield "no/such/address"
    elif route.startswith("r/"):
        yield f"r/{ContentType.objects.get_for_model(Paper).pk}/{_rows(Paper)[0]}/"
    elif "<str:batch>" in route:
        batch = Paper.history.exclude(batch="").values_list("batch", flat=True)[0]
        yield route.replace("<str:batch>", batch)
    elif "<str:token>" in route:
        yield route.replace("<str:token>", "nobody")
    elif PLACE.search(route):
        yield from _with_rows(route)
    else:
        yield route


def _with_rows(route: str) -> Iterator[str]:
    """With the ids of rows; a second argument is one of the row's versions."""
    model = apps.get_model(*noun_of(route))
    for pk in _rows(model):
        one = PLACE.sub(str(pk), route, count=1)
        if not PLACE.search(one):
            yield one
            continue
        for version in model.history.filter(id=pk).values_list("pk", flat=True):
            yield PLACE.sub(str(version), one)


def _rows(model) -> list:
    ids = list(model.objects.order_by("pk").values_list("pk", flat=True))
    return [*dict.fromkeys([*ids[:1], *ids[-1:]])] if model in TWO_ROWS else ids[:1]


def noun_of(route: str) -> tuple[str, str] | None:
    """``("papers", "topic")`` of an address below ``papers/topic/``."""
    match = NOUN.match(route.removeprefix(reverse("admin:index")))
    found = match and (match[1], match[2])
    return found if found and found[1] in apps.all_models.get(found[0], {}) else None


def forms_in(page: bytes, address: str) -> Iterator[Form]:
    """Each form of a page that is posted, with every field changed, for each of its buttons and
    each choice of an action."""
    for form in lxml.html.fromstring(page).forms:
        if form.method == "POST":
            yield from _variants(form, urljoin(address, form.get("action") or ""))


def _variants(form, address: str) -> Iterator[Form]:
    controls = [one for one in form.iter("input", "select", "textarea") if one.get("name")]
    files = [one.get("name") for one in controls if one.get("type") == "file"]
    buttons = [
        one for one in form.iter("button", "input") if one.tag == "button" or _kind(one) == "submit"
    ]
    pressed = {(one.get("name"), one.get("value") or "1") for one in buttons if one.get("name")}
    pressed = {one for one in pressed if one[0] not in SAME_AS_SAVE}
    actions = [one.get("value") for one in form.cssselect("select[name=action] option")]
    fields = dict(_field(one) for one in controls if _kind(one) != "submit")
    fields.pop("csrfmiddlewaretoken", None)
    for button in sorted(pressed) or [None]:
        for action in [one for one in actions if one] or [None]:
            more = {button[0]: (button[1],)} if button else {}
            more |= {"action": (action,)} if action else {}
            yield Form(address, _frozen({**fields, **more}), "".join(files[:1]))


def _kind(control) -> str:
    return control.get("type") or "text"


def _frozen(fields: dict) -> tuple:
    return tuple((name, tuple(values)) for name, values in fields.items() if values)


def _field(control) -> tuple[str, tuple[str, ...]]:
    name, kind = control.get("name"), _kind(control)
    if control.tag == "select":
        return name, tuple(_choice(control))
    if kind == "checkbox":
        chosen = control.get("checked") is None or name == "_selected_action"
        return name, (control.get("value") or "on",) if chosen else ()
    if kind == "file":
        return name, ()
    shown = (control.text if control.tag == "textarea" else control.get("value")) or ""
    return name, (_changed(name, kind, shown),)


def _choice(select) -> list[str]:
    options = [one for one in select.iter("option") if one.get("value")]
    others = [one.get("value") for one in options if one.get("selected") is None]
    every = [one.get("value") for one in options]
    return every if select.get("multiple") is not None else others[-1:] or every


def _changed(name: str, kind: str, shown: str) -> str:
    if kind == "hidden" or name.startswith("seen_"):
        return shown
    if kind == "password":
        return "a lamp in every window"
    if kind == "number":
        return str(int(shown or 0) + 1)
    if kind == "url":
        return "https://example.org/changed"
    if kind == "email":
        return "changed@example.org"
    if kind == "date" or "date" in name:
        return "2026-12-01"
    if "time" in name or name.endswith("joined_1"):
        return "12:00:00"
    return f"{shown}changed"


def guess_at(noun: tuple[str, str] | None) -> tuple:
    """What somebody would send who knows the table and never saw a form."""
    if noun is None:
        return (("post", ("yes",)), ("act", ("unhide",)))
    model = apps.get_model(*noun)
    row = model.objects.order_by("pk").first()
    fields = {
        one.name: (_guessed(one, row),)
        for one in model._meta.concrete_fields
        if not one.primary_key
    }
    ids = tuple(str(pk) for pk in _rows(model))
    words = {"_save": ("1",), "post": ("yes",), "act": ("unhide",), "confirmed": ("1",)}
    chosen = {"action": ("delete_selected",), "_selected_action": ids, "index": ("0",)}
    return _frozen({**fields, **words, **chosen})


def _guessed(field, row) -> str:
    value = field.value_to_string(row) if row else ""
    text = "" if value is None else str(value)
    is_text = field.get_internal_type() in {"CharField", "TextField"} and not field.choices
    return f"{text}changed" if is_text else text
