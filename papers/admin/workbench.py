"""The workbench: one paper, its texts in both languages, and every decision about it."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from papers import curation
from papers.admin.decision_forms import (
    FeatureForm,
    HideForm,
    NoteForm,
    TextsForm,
    TopicForm,
)
from papers.admin.decisions import DECISIONS, Decision, over_budget
from papers.admin.paper_queue import PaperQueue
from papers.admin.sentence_editor import sentence_rows
from papers.admin.texts import fields_of, preview_of
from papers.admin.versions import versions_of
from papers.curation.translation_requests import waiting
from papers.models import FieldLock, Paper, PaperTopic, TopicRemoval

TEXT_BUTTONS = frozenset({"preview", "save", "save-next"})


def page(model_admin: admin.ModelAdmin, request: HttpRequest, paper: Paper) -> HttpResponse:
    """Show the workbench of a paper, or apply what was submitted and redirect.

    The redirect leads back to the same page or, after "and next", to the next paper of the list
    that the curator came from.
    """
    queue = PaperQueue(model_admin, request, paper)
    may_change = model_admin.has_change_permission(request, paper)
    act = request.POST.get("act", "")
    texts = TextsForm(paper, request.POST if act in TEXT_BUTTONS else None)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if answer := _do(request, paper, queue, texts, act):
            return answer
    return _show(model_admin, request, paper, queue, texts, may_change)


def _do(
    request: HttpRequest, paper: Paper, queue: PaperQueue, texts: TextsForm, act: str
) -> HttpResponse | None:
    """Carry out the action of the pressed button and redirect.

    Return None if the form is invalid.
    """
    if act == "preview":
        return _preview(request, paper, texts)
    if act not in TEXT_BUTTONS:
        return HttpResponseRedirect(queue.here) if _decide(request, paper, act) else None
    if not texts.is_valid():
        return None
    _save(request, paper, texts)
    return HttpResponseRedirect(queue.next_href if act == "save-next" else queue.here)


def _show(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    paper: Paper,
    queue: PaperQueue,
    texts: TextsForm,
    may_change: bool,
) -> TemplateResponse:
    links = paper.topic_links.select_related("topic").order_by("-topic__kind", "topic__slug")
    removals = TopicRemoval.objects.filter(paper=paper).select_related("topic")
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "title": paper.arxiv_id,
        "opts": model_admin.opts,
        "paper": paper,
        "queue": queue,
        "texts": texts,
        "fields": fields_of(paper, texts),
        "sentences": sentence_rows(paper, texts),
        "may_change": may_change,
        "topics": [(link, link.origin == PaperTopic.Origin.CURATOR) for link in links],
        "removed_topics": [removal.topic for removal in removals],
        "feature_form": FeatureForm(initial=FeatureForm.initial_of(paper)),
        "hide_form": HideForm(),
        "note_form": NoteForm(initial={"note_en": paper.note_en, "note_zh": paper.note_zh}),
        "topic_form": TopicForm(),
        "preview": preview_of(paper),
        "translates": bool(settings.TRANSLATOR_URL),
        "asked_for": waiting().filter(paper=paper).first(),
        "attempt": paper.attempts.exclude(run=None).select_related("run").first(),
        "history_href": reverse("admin:papers_paper_history", args=[paper.pk]),
    }
    return TemplateResponse(request, "admin/papers/paper/workbench.html", context)


def _preview(request: HttpRequest, paper: Paper, texts: TextsForm) -> HttpResponse:
    """Show how readers would see the texts of the form. Write nothing."""
    texts.is_valid()
    shown = preview_of(paper, texts.cleaned_data)
    whole_page = request.headers.get("X-Requested-With") != "workbench"
    template = "preview_page.html" if whole_page else "preview.html"
    context = {"paper": paper, "preview": shown, "title": paper.arxiv_id}
    return render(request, f"admin/papers/paper/{template}", context)


def _save(request: HttpRequest, paper: Paper, texts: TextsForm) -> None:
    for name in texts.changed_fields:
        curation.edit(paper, name, texts.cleaned_data[name], request.user)
    if texts.changed_fields:
        messages.success(request, gettext("Saved. Imports will not change it."))
    else:
        messages.info(request, gettext("Nothing was changed."))


def _decide(request: HttpRequest, paper: Paper, act: str) -> bool:
    """Carry out the action of the pressed button; return False if its form is invalid."""
    name, _, value = act.partition(":")
    if name == "pick":
        return _pick(request, paper, value)
    if name == "release" and value in FieldLock.Field.values:
        curation.release(paper, value, request.user)
    elif name == "revert":
        curation.revert(row_of(paper.history.all(), value), request.user)
    elif name == "translate_again":
        return _translate_again(request, paper)
    elif not (name in DECISIONS and _apply(request, paper, DECISIONS[name], value)):
        messages.error(request, gettext("The form is not valid. Fill it in and try again."))
        return False
    messages.success(request, gettext("Done."))
    return True


def _pick(request: HttpRequest, paper: Paper, value: str) -> bool:
    """Show a source's translation to readers; return False if no part of it can be shown."""
    try:
        curation.pick(paper, row_of(paper.translations.all(), value), request.user)
    except curation.NothingToShow:
        messages.error(
            request,
            gettext("Nothing of this text can be shown to readers: write the text yourself."),
        )
        return False
    messages.success(request, gettext("Done."))
    return True


def _translate_again(request: HttpRequest, paper: Paper) -> bool:
    """Ask the translator for the paper; return False if today's budget is used up."""
    try:
        curation.translate_again([paper], request.user)
    except curation.OverBudget as error:
        messages.error(request, over_budget(error))
        return False
    messages.success(request, gettext("The next run of the translator takes it first."))
    return True


def _apply(request: HttpRequest, paper: Paper, decision: Decision, topic: str) -> bool:
    """Apply a decision if its form is valid; return whether it was.

    ``topic`` is the topic that the button names, if any.
    """
    said = request.POST.dict()
    form = decision.form({**said, "topic": topic} if topic else said)
    if form.is_valid():
        decision.apply([paper], form.cleaned_data, request.user)
    return form.is_valid()


def row_of(rows: Any, value: str) -> Any:
    """Return the row with this primary key from ``rows``. Raise Http404 if there is none."""
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0
    if (row := rows.filter(pk=number).first()) is None:
        raise Http404
    return row


def history_page(model_admin: admin.ModelAdmin, request: HttpRequest, paper: Paper) -> HttpResponse:
    """Show every version of a paper, newest first: who changed what, when, before and after."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("History of %(paper)s") % {"paper": paper.arxiv_id},
        "opts": model_admin.opts,
        "paper": paper,
        "versions": versions_of(paper),
        "may_change": model_admin.has_change_permission(request, paper),
        "workbench_href": reverse("admin:papers_paper_change", args=[paper.pk]),
    }
    return TemplateResponse(request, "admin/papers/paper/history.html", context)
