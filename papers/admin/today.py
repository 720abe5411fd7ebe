"""The page "Today": one row a paper, decided in place by a button or a key."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from papers import curation
from papers.admin.bulk import JudgedText, judged_texts
from papers.admin.decisions import over_budget
from papers.admin.last_act import last_act
from papers.admin.skipped import skip, skipped_today
from papers.admin.workbench import NotDone, decide, row_of
from papers.curation.today import WANTED, TodaysPaper, done_today, todays_papers
from papers.importing.evidence import triage
from papers.lists import chinese_share
from papers.models import Doubt, Paper, Translation

MAX_TITLES = 9  # as many as there are number keys
STRIP_DAYS = 14
QUEUE = "today=1"  # the filter of the list, by which the workbench knows the next paper


@dataclass(frozen=True)
class TodaysRow:
    """A paper of today with what there is to decide by: texts in doubt, and titles to choose."""

    today: TodaysPaper
    texts: list[JudgedText]
    titles: list[tuple[int, str]]

    @property
    def paper(self) -> Paper:
        return self.today.paper

    @property
    def unseen(self) -> list[Doubt]:
        """The doubts of which readers see nothing."""
        return [one for one in self.today.doubts if one.effect == Doubt.Effect.NOTHING]

    @property
    def can_judge(self) -> bool:
        return len(self.unseen) < len(self.today.doubts)


def section(request: HttpRequest) -> dict[str, Any]:
    """Return what the list of today shows. The number of queries is fixed."""
    papers = todays_papers(skipped_today(request))
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "today": _rows(papers),
        "done": done_today(request.user, midnight),
        "wanted": WANTED,
        "strip": chinese_share.by_day(STRIP_DAYS),
        "today_queue": QUEUE,
        "translates": bool(settings.TRANSLATOR_URL),
        "may_change": request.user.has_perm("papers.change_paper"),
        "last_act": last_act(request),
    }


def _rows(papers: list[TodaysPaper]) -> list[TodaysRow]:
    of_papers = [one.paper for one in papers]
    texts = judged_texts(of_papers, {})
    titles = _titles(of_papers)
    return [
        TodaysRow(one, texts.get(one.paper.pk, []), titles.get(one.paper.pk, [])) for one in papers
    ]


def _titles(papers: list[Paper]) -> dict[int, list[tuple[int, str]]]:
    """Return the titles that can be chosen: those of which something can be shown."""
    by_pk = {one.pk: one for one in papers}
    found: dict[int, list[tuple[int, str]]] = {}
    given = Translation.objects.filter(paper__in=by_pk, field=Translation.Field.TITLE)
    for pk, paper, text in given.order_by("-chosen", "-pk").values_list("pk", "paper_id", "text"):
        one = by_pk[paper]
        shown = triage("title", text, one.title_en, one.abstract_en).text
        if shown and len(found.get(paper, [])) < MAX_TITLES:
            found.setdefault(paper, []).append((pk, shown))
    return found


def today_page(admin_site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Show the list of today, or carry out a decision about a paper, or several, of it."""
    if not request.user.has_perm("papers.view_paper"):
        raise PermissionDenied
    if request.method == "POST":
        if not request.user.has_perm("papers.change_paper"):
            raise PermissionDenied
        _decide(request)
        return HttpResponseRedirect(reverse("admin:today"))
    context = {
        **admin_site.each_context(request),
        **section(request),
        "title": gettext("Today's papers"),
        "is_page": True,
    }
    return TemplateResponse(request, "admin/today.html", context)


def _decide(request: HttpRequest) -> None:
    act = request.POST.get("act", "")
    if act.startswith("selected:"):
        return _decide_selected(request, act.partition(":")[2])
    paper = row_of(Paper.objects.all(), request.POST.get("paper", ""))
    if act == "skip":
        return skip(request, paper)
    try:
        messages.success(request, f"{paper.arxiv_id}: {decide(request, paper, act)}")
    except NotDone as error:
        messages.error(request, f"{paper.arxiv_id}: {error}")


def _decide_selected(request: HttpRequest, act: str) -> None:
    chosen = {int(one) for one in request.POST.getlist("selected") if one.isdecimal()}
    papers = [one.paper for one in todays_papers() if one.paper.pk in chosen]
    try:
        if act == "judge_fine":
            curation.judge_fine(papers, request.user, curation.batch_name())
        elif act == "translate_again":
            curation.translate_again(papers, request.user)
    except curation.NothingToJudge:
        messages.error(request, gettext("Of none of these papers readers see a text in doubt."))
    except curation.OverBudget as error:
        messages.error(request, over_budget(error))
    else:
        said = ngettext("%(number)s paper: done.", "%(number)s papers: done.", len(papers))
        messages.success(request, said % {"number": len(papers)})
