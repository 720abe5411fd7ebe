"""Actions on many papers at once: a preview before, and an undo with one click after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from papers import curation
from papers.admin.decisions import DECISIONS, Decision, over_budget
from papers.admin.last_act import undo_address
from papers.models import Doubt, Paper, Translation
from papers.text.text_diff import SAME, Piece, excerpt, marked

MAX_PAPERS = 500
_KEY = ("paper_id", "field")


@dataclass(frozen=True)
class JudgedText:
    """A text in doubt, with the difference between what a source gave and what readers see."""

    field: str
    fault: str
    effect: str
    pieces: list[Piece]
    lang: str = "zh-Hans"

    @classmethod
    def of(cls, doubt: Doubt, given: str) -> "JudgedText":
        paper = doubt.paper
        said = str(doubt.get_field_display()), doubt.fault, str(doubt.get_effect_display())
        if not given:
            texts = {"title": paper.title_en, "abstract": paper.abstract_en}
            text = texts.get(doubt.field, paper.authors_text)
            return cls(*said, excerpt([Piece(SAME, text)]), "en")
        is_title = doubt.field == Doubt.Field.TITLE
        shown = paper.title_zh if is_title else paper.abstract_zh
        english = paper.title_en if is_title else paper.abstract_en
        return cls(*said, excerpt(marked(given, shown, english)))


def _admin_action(one: Decision) -> Callable:
    @admin.action(description=one.label, permissions=["change"])
    def action(model_admin: admin.ModelAdmin, request: HttpRequest, papers: QuerySet[Paper]) -> Any:
        return _run(one, model_admin, request, papers)

    action.__name__ = one.name
    return action


ACTIONS = [_admin_action(one) for one in DECISIONS.values()]


def _run(
    one: Decision, model_admin: admin.ModelAdmin, request: HttpRequest, papers: QuerySet[Paper]
) -> HttpResponse | None:
    """Show the page that previews the change; once it is confirmed, apply the decision."""
    chosen = list(papers[: MAX_PAPERS + 1])
    if len(chosen) > MAX_PAPERS:
        said = gettext("Select at most %(most)s papers at once.") % {"most": MAX_PAPERS}
        messages.error(request, said)
        return None
    asked = "confirmed" in request.POST
    form = one.form(request.POST if asked else None, initial=request.GET.dict())
    if asked and form.is_valid():
        batch = curation.batch_name()
        try:
            one.apply(chosen, form.cleaned_data, request.user, batch)
        except curation.OverBudget as error:
            messages.error(request, over_budget(error))
        except curation.NothingToJudge:
            messages.error(request, gettext("Of none of these papers readers see a text in doubt."))
        else:
            _say_done(request, one, len(chosen), batch)
        return None
    texts = judged_texts(chosen, request.GET) if one.name == "judge_fine" else {}
    context = {
        **model_admin.admin_site.each_context(request),
        "title": one.label,
        "opts": model_admin.opts,
        "form": form,
        "papers": [(paper, texts.get(paper.pk, [])) for paper in chosen],
        "list_href": request.get_full_path(),
        "action_name": one.name,
        "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/papers/paper/bulk.html", context)


def _say_done(request: HttpRequest, one: Decision, number: int, batch: str) -> None:
    said = ngettext("%(number)s paper: %(action)s.", "%(number)s papers: %(action)s.", number)
    said = said % {"number": number, "action": str(one.label)}
    if not one.can_be_undone:
        messages.success(request, said)
        return
    href = undo_address(request, batch)
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, href, gettext("Undo")))


def undo_view(model_admin: admin.ModelAdmin) -> Callable[..., HttpResponse]:
    """Return the view that asks for confirmation and then undoes an action, and leads ``back``."""

    def view(request: HttpRequest, batch: str) -> HttpResponse:
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        back = _back(request)
        if request.method == "POST":
            undone = curation.undo(batch[:32], request.user)
            said = ngettext(
                "%(number)s paper restored.", "%(number)s papers restored.", undone.papers
            )
            messages.success(request, said % {"number": undone.papers})
            if undone.left:
                left = ngettext(
                    "%(number)s was changed again since and was not restored.",
                    "%(number)s were changed again since and were not restored.",
                    undone.left,
                )
                messages.warning(request, left % {"number": undone.left})
            return HttpResponseRedirect(back)
        records = Paper.history.filter(batch=batch[:32]).select_related("history_user")
        context = {
            **model_admin.admin_site.each_context(request),
            "title": gettext("Undo"),
            "opts": model_admin.opts,
            "records": records[:MAX_PAPERS],
            "back": back,
        }
        return TemplateResponse(request, "admin/papers/paper/undo.html", context)

    return view


def take_back_view(model_admin: admin.ModelAdmin) -> Callable[..., HttpResponse]:
    """Return the view that takes requests to the translator back that still wait."""

    @require_POST
    def view(request: HttpRequest, asked: int) -> HttpResponse:
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        number = curation.take_back(asked, request.user)
        said = ngettext("%(number)s request taken back.", "%(number)s requests taken back.", number)
        messages.success(request, said % {"number": number})
        return HttpResponseRedirect(_back(request))

    return view


def _back(request: HttpRequest) -> str:
    """Return where the curator came from, or else the list of papers."""
    back = request.GET.get("back", "")
    return back if is_in_the_admin(back) else reverse("admin:papers_paper_changelist")


def is_in_the_admin(address: str) -> bool:
    """Return whether this is a path of the admin, so that a redirect cannot leave it."""
    is_path = address.startswith(reverse("admin:index")) and ".." not in address
    return is_path and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def judged_texts(papers: list[Paper], query: Mapping[str, str]) -> dict[int, list[JudgedText]]:
    """Return what is in doubt of these papers, by paper: the text with what was cleaned away."""
    doubts = curation.doubts_to_judge([one.pk for one in papers])
    doubts = doubts.filter(**{name: query[name] for name in ("field", "fault") if query.get(name)})
    given = Translation.objects.filter(paper__in=[one.pk for one in papers], chosen=True)
    texts = {(paper, field): text for paper, field, text in given.values_list(*_KEY, "text")}
    found: dict[int, list[JudgedText]] = {}
    for doubt in doubts.order_by("-field", "fault").select_related("paper"):
        text = texts.get((doubt.paper_id, doubt.field), "") if doubt.source_id else ""
        found.setdefault(doubt.paper_id, []).append(JudgedText.of(doubt, text))
    return found
