"""The page of remedies: what one would change, with check boxes, and one undo for all of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers import curation
from papers.admin.decisions import over_budget
from papers.admin.last_act import last_act
from papers.curation.bulk_remedies import (
    PROPOSED,
    REMEDIES,
    Proposal,
    Remedy,
    apply_remedy,
    proposals,
)
from papers.curation.translation_requests import papers_lacking_chinese, papers_left_today
from papers.models import Doubt, Paper, TranslationAttempt
from papers.presentation.fault_labels import refusal_in_words
from papers.text.text_diff import Piece, difference, excerpt

LABELS = {
    "fill": _("Put the link to arXiv into open places such as [此链接]"),
    "drop": _("Drop the short sentence with an open place"),
    "marks": _("Strip marks around a text, such as )* … *"),
    "unfit": _("Do not show a title that stands as an abstract"),
}
ASK = "translate"
ASK_LABEL = _("Ask for a translation where the Chinese is missing or was rejected")


@dataclass(frozen=True)
class ProposedChange:
    """A proposal with its difference, cut to what is near it."""

    proposal: Proposal

    @property
    def key(self) -> str:
        return self.proposal.key

    @property
    def paper(self) -> Paper:
        return self.proposal.paper

    @property
    def pieces(self) -> list[Piece]:
        return excerpt(difference(self.proposal.before, self.proposal.after))


@dataclass(frozen=True)
class ProposedRequest:
    """A paper to ask the translator for; ``reasons`` say why its last answer was refused."""

    paper: Paper
    reasons: list[str]

    @property
    def key(self) -> str:
        return str(self.paper.pk)

    @property
    def lacks(self) -> list[str]:
        texts = {
            Doubt.Field.TITLE: self.paper.title_zh,
            Doubt.Field.ABSTRACT: self.paper.abstract_zh,
        }
        return [str(field.label) for field, text in texts.items() if not text]


def remedies_page(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """List the remedies, or show what one would change; on POST, change what was chosen."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    labels = {**LABELS, ASK: ASK_LABEL} if settings.TRANSLATOR_URL else LABELS
    chosen = request.GET.get("remedy", "")
    name = chosen if chosen in labels else ""
    if request.method == "POST" and name:
        keys = set(request.POST.getlist("chosen"))
        _ask(request, keys) if name == ASK else _apply(request, REMEDIES[name], keys)
        return HttpResponseRedirect(request.get_full_path())
    context = {
        **model_admin.admin_site.each_context(request),
        "title": labels[name] if name else gettext("Remedies for many papers"),
        "opts": model_admin.opts,
        "labels": labels,
        "name": name,
        "asks": name == ASK,
        "left_today": papers_left_today() if name == ASK else 0,
        "budget": settings.TRANSLATOR_DESK_BUDGET,
        "changes": _proposed(name),
        "last_act": last_act(request),
    }
    return TemplateResponse(request, "admin/papers/paper/remedies.html", context)


def _proposed(name: str) -> Sequence[ProposedChange | ProposedRequest]:
    if name == ASK:
        return _requests()
    return [ProposedChange(one) for one in proposals(REMEDIES[name])] if name else []


def _requests() -> list[ProposedRequest]:
    """Return the papers to ask for, as many as curators may still ask for today."""
    papers = papers_lacking_chinese(min(PROPOSED, papers_left_today()))
    refused = TranslationAttempt.objects.filter(
        paper__in=[paper.pk for paper in papers], state=TranslationAttempt.State.REFUSED
    )
    reasons = dict(refused.order_by("at").values_list("paper", "reasons"))  # the newest stays
    return [
        ProposedRequest(paper, [refusal_in_words(one) for one in reasons.get(paper.pk, [])])
        for paper in papers
    ]


def _apply(request: HttpRequest, remedy: Remedy, chosen: set[str]) -> None:
    number = apply_remedy(remedy, chosen, request.user, curation.batch_name())
    said = ngettext("%(number)s text was changed.", "%(number)s texts were changed.", number)
    messages.success(request, said % {"number": number})


def _ask(request: HttpRequest, chosen: set[str]) -> None:
    """Ask for those of the chosen papers that still lack Chinese."""
    papers = [one for one in papers_lacking_chinese(PROPOSED) if str(one.pk) in chosen]
    try:
        curation.translate_again(papers, request.user)
    except curation.OverBudget as error:
        messages.error(request, over_budget(error))
        return
    said = ngettext(
        "The next run of the translator takes %(number)s paper first.",
        "The next run of the translator takes %(number)s papers first.",
        len(papers),
    )
    messages.success(request, said % {"number": len(papers)})
