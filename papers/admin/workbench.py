"""The workbench: one paper, its texts in both languages, and every decision about it."""

from typing import Any

from django import forms
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
from papers.admin.last_act import last_act
from papers.admin.paper_queue import PaperQueue
from papers.admin.sentence_editor import sentence_rows
from papers.admin.skipped import skip
from papers.admin.texts import doubts_of, groups_of, judgements_of, preview_of
from papers.admin.versions import versions_of
from papers.curation.translation_requests import waiting
from papers.importing.reconcile import CHINESE
from papers.models import Doubt, FieldLock, Paper, PaperTopic, TopicRemoval, Translation

SAVING = frozenset({"save", "save-next"})
SHOWING = frozenset({"", "stay", "theirs"})
_NAME_OF = {kind: name for name, kind in CHINESE.items()}


class NotDone(Exception):
    """The button's decision could not be made; the page says why and keeps what was typed.

    ``texts`` are to be edited instead, ``form`` is the form with the errors.
    """

    def __init__(
        self, said: str, texts: dict[str, str] | None = None, form: forms.Form | None = None
    ) -> None:
        super().__init__(said)
        self.texts = texts or {}
        self.form = form


def page(model_admin: admin.ModelAdmin, request: HttpRequest, paper: Paper) -> HttpResponse:
    """Show the workbench of a paper, or apply what was submitted and redirect.

    The redirect leads back to the same page or, after "and next", to the next paper of the list
    that the curator came from. Where texts were typed that are not saved yet, the page itself is
    the answer, and holds them.
    """
    queue = PaperQueue(model_admin, request, paper)
    if request.method != "POST":
        return _show(model_admin, request, paper, queue, TextsForm(paper))
    if not model_admin.has_change_permission(request, paper):
        raise PermissionDenied
    act, _, value = request.POST.get("act", "").partition(":")
    texts = TextsForm(paper, request.POST if "title_en" in request.POST else None)
    if act == "preview":
        return _preview(request, paper, TextsForm.holding(paper, request.POST.dict()))
    if act in SAVING | {"mine"}:
        return _save_texts(model_admin, request, paper, queue, texts, act, value)
    if act in SHOWING:
        typed = {name: text for name, text in texts.unsaved.items() if not name.endswith(value)}
        kept = typed if value else texts.unsaved
        return _show(model_admin, request, paper, queue, TextsForm.holding(paper, kept))
    return _decide_and_answer(model_admin, request, paper, queue, texts)


def _save_texts(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    paper: Paper,
    queue: PaperQueue,
    texts: TextsForm,
    act: str,
    mine: str,
) -> HttpResponse:
    """Save the texts; with ``mine``, save this field although somebody else changed it."""
    if mine in FieldLock.Field.values:
        texts = TextsForm(paper, {**request.POST.dict(), f"seen_{mine}": getattr(paper, mine)})
    following = queue.next_href if act == "save-next" else queue.here
    if not texts.is_valid():
        return _show(model_admin, request, paper, queue, texts)
    batch = curation.batch_name()
    for name in texts.changed_fields:
        curation.edit(paper, name, texts.cleaned_data[name], request.user, batch)
    if texts.changed_fields:
        said = gettext("Saved. Imports will not change it.")
        messages.success(request, said, extra_tags=f"saved-{paper.pk}")
    else:
        messages.info(request, gettext("Nothing was changed."), extra_tags=f"saved-{paper.pk}")
    return HttpResponseRedirect(following)


def _decide_and_answer(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    paper: Paper,
    queue: PaperQueue,
    texts: TextsForm,
) -> HttpResponse:
    """Carry out the decision of the pressed button, and keep what was typed meanwhile."""
    act = request.POST["act"]
    goes_on = act == "skip" or request.POST.get("then") == "next"
    following = queue.next_href if goes_on else queue.here
    unsaved = texts.unsaved if texts.is_bound else {}
    if act == "skip":
        skip(request, paper)
        return HttpResponseRedirect(following)
    try:
        said = decide(request, paper, act)
    except NotDone as error:
        messages.error(request, str(error))
        texts = TextsForm.holding(paper, {**unsaved, **error.texts})
        return _show(model_admin, request, paper, queue, texts, error.form)
    messages.success(request, said)
    decided = _field_of(paper, act)
    unsaved = {
        name: text for name, text in unsaved.items() if name.removeprefix("seen_") != decided
    }
    if not unsaved:
        return HttpResponseRedirect(following)
    messages.warning(request, gettext("What you typed is still here, and not saved yet."))
    paper.refresh_from_db()
    return _show(model_admin, request, paper, queue, TextsForm.holding(paper, unsaved))


def _field_of(paper: Paper, act: str) -> str:
    """Return the field whose text this button replaces, if any."""
    name, _, value = act.partition(":")
    if name == "release":
        return value
    if name != "pick":
        return ""
    return _NAME_OF[Translation.Field(row_of(paper.translations.all(), value).field)]


def _show(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    paper: Paper,
    queue: PaperQueue,
    texts: TextsForm,
    wrong: forms.Form | None = None,
) -> TemplateResponse:
    """Show the workbench; ``wrong`` is the form of a decision with its errors."""
    links = paper.topic_links.select_related("topic").order_by("-topic__kind", "topic__slug")
    removals = TopicRemoval.objects.filter(paper=paper).select_related("topic")
    doubts = doubts_of(paper)
    decision_forms = {
        "feature_form": FeatureForm(initial=FeatureForm.initial_of(paper)),
        "hide_form": HideForm(),
        "note_form": NoteForm(initial={"note_en": paper.note_en, "note_zh": paper.note_zh}),
        "topic_form": TopicForm(),
    }
    for name, form in decision_forms.items():
        if type(form) is type(wrong):
            decision_forms[name] = wrong
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        **decision_forms,
        "title": paper.arxiv_id,
        "opts": model_admin.opts,
        "paper": paper,
        "queue": queue,
        "texts": texts,
        "doubts": doubts,
        "can_judge": any(one.effect != Doubt.Effect.NOTHING for one in doubts),
        "judgements": judgements_of(paper),
        "groups": groups_of(paper, texts, doubts),
        "sentences": sentence_rows(paper, texts),
        "may_change": model_admin.has_change_permission(request, paper),
        "topics": [(link, link.origin == PaperTopic.Origin.CURATOR) for link in links],
        "removed_topics": [removal.topic for removal in removals],
        "preview": preview_of(paper),
        "translates": bool(settings.TRANSLATOR_URL),
        "asked_for": waiting().filter(paper=paper).first(),
        "attempt": paper.attempts.exclude(run=None).select_related("run").first(),
        "history_href": reverse("admin:papers_paper_history", args=[paper.pk]),
        "last_act": last_act(request),
    }
    return TemplateResponse(request, "admin/papers/paper/workbench.html", context)


def _preview(request: HttpRequest, paper: Paper, texts: TextsForm) -> HttpResponse:
    """Show how readers would see the texts of the form, and what looks wrong. Write nothing."""
    texts.is_valid()
    shown = preview_of(paper, texts.cleaned_data)
    whole_page = request.headers.get("X-Requested-With") != "workbench"
    template = "preview_page.html" if whole_page else "preview.html"
    context = {
        "paper": paper,
        "preview": shown,
        "title": paper.arxiv_id,
        "wrong": [(texts[name].label, texts.errors[name]) for name in texts.errors],
    }
    return render(request, f"admin/papers/paper/{template}", context)


def decide(request: HttpRequest, paper: Paper, act: str) -> str:
    """Carry out the decision of the pressed button; return what to say. Raise NotDone."""
    name, _, value = act.partition(":")
    batch = curation.batch_name()
    if name == "pick":
        _pick(request, paper, value, batch)
    elif name == "release" and value in FieldLock.Field.values:
        curation.release(paper, value, request.user, batch)
    elif name == "judge_fine":
        _judge(request, paper, value, batch)
    elif name == "reject" and value in Translation.Field.values:
        curation.reject_text([paper], value, request.user, batch)
    elif name == "ask_again":
        field, _, fault = value.partition(":")
        curation.ask_again([paper], request.user, batch, field, fault)
    elif name == "translate_again":
        return _translate_again(request, paper)
    elif name in DECISIONS:
        _apply(request, paper, DECISIONS[name], value, batch)
    else:
        raise NotDone(gettext("The form is not valid. Fill it in and try again."))
    return gettext("Done.")


def _pick(request: HttpRequest, paper: Paper, value: str, batch: str) -> None:
    """Show a source's translation to readers; put it into the editor if none of it can be shown."""
    translation = row_of(paper.translations.all(), value)
    try:
        curation.pick(paper, translation, request.user, batch)
    except curation.NothingToShow:
        name = _NAME_OF[Translation.Field(translation.field)]
        raise NotDone(
            gettext(
                "Nothing of this text can be shown to readers. It is in the editor now: take what "
                "is right, and save it."
            ),
            {name: translation.text},
        ) from None


def _judge(request: HttpRequest, paper: Paper, value: str, batch: str) -> None:
    field, _, fault = value.partition(":")
    try:
        curation.judge_fine([paper], request.user, batch, field, fault)
    except curation.NothingToJudge:
        raise NotDone(
            gettext("Readers see no text here that is in doubt: choose one, or write it.")
        ) from None


def _translate_again(request: HttpRequest, paper: Paper) -> str:
    """Ask the translator for the paper. Raise NotDone if today's budget is used up."""
    try:
        curation.translate_again([paper], request.user)
    except curation.OverBudget as error:
        raise NotDone(over_budget(error)) from None
    return gettext("The next run of the translator takes it first.")


def _apply(request: HttpRequest, paper: Paper, decision: Decision, topic: str, batch: str) -> None:
    """Apply a decision if its form is valid. Raise NotDone with the form if it is not.

    ``topic`` is the topic that the button names, if any.
    """
    said = request.POST.dict()
    form = decision.form({**said, "topic": topic} if topic else said)
    if not form.is_valid():
        raise NotDone(gettext("The form is not valid. Fill it in and try again."), form=form)
    decision.apply([paper], form.cleaned_data, request.user, batch)


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
        "last_act": last_act(request),
    }
    return TemplateResponse(request, "admin/papers/paper/history.html", context)
