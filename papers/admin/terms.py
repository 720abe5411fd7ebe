"""Terms of the glossary in the admin: add, edit, hide, show and merge; rising phrases; weeks."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers import curation
from papers.admin.base import BaseAdmin, EvidenceAdmin
from papers.admin.decision_forms import LONGEST_NOTE, CleanText
from papers.admin.history_pages import VersionsAdmin
from papers.curation.queues import doubtful_terms
from papers.curation.terms import have_a_term_in_common
from papers.glossary import current_glossary
from papers.glossary.tokens import chinese_key, english_key, has_han
from papers.models import RisingTerm, Term, TermWeek
from papers.models.term import LONGEST_CHINESE, LONGEST_ENGLISH

MAX_TERMS = 500
PAIR = ("english", "chinese")
COUNTS = ("origin", "together", "chinese_count", "english_count")


class TermForm(forms.ModelForm):
    """A pair of terms; the two of a row that exists are not among the fields."""

    score = forms.FloatField(
        min_value=0,
        max_value=1,
        initial=1,
        label=_("score"),
        help_text=_("Of several translations, the one with the highest score comes first."),
    )
    note_en = CleanText(max_length=LONGEST_NOTE, label=_("curator's note, English"))
    note_zh = CleanText(max_length=LONGEST_NOTE, label=_("curator's note, Chinese"))

    def clean_english(self) -> str:
        term = self.cleaned_data["english"]
        if not english_key(term) or has_han(term):
            raise ValidationError(_("This is not an English term."))
        return term

    def clean_chinese(self) -> str:
        term = self.cleaned_data["chinese"]
        if not chinese_key(term):
            raise ValidationError(_("This is not a Chinese term."))
        return term

    def clean(self) -> dict:
        said = super().clean() or {}
        english, chinese = (said.get(name) for name in PAIR)
        if english and chinese and curation.row_of_pair(english, chinese):
            raise ValidationError(_("This pair is in the list already, perhaps hidden."))
        return said


class KeepForm(forms.Form):
    """Which of several pairs to keep."""

    keep = forms.ModelChoiceField(
        Term.objects.none(), label=_("Keep"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, terms: list[Term], data=None) -> None:
        most_used = max(terms, key=lambda one: (not one.hidden, one.together))
        super().__init__(data, initial={"keep": most_used.pk})
        chosen = Term.objects.filter(pk__in=[one.pk for one in terms])
        self.fields["keep"].queryset = chosen  # type: ignore[attr-defined]


class DoubtfulFilter(admin.SimpleListFilter):
    title = _("doubtful")
    parameter_name = "doubtful"

    def lookups(self, request: HttpRequest, model_admin) -> list:
        return [("1", _("mined with a low score"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Term]) -> QuerySet[Term]:
        return queryset & doubtful_terms() if self.value() == "1" else queryset


@admin.register(Term)
class TermAdmin(BaseAdmin, VersionsAdmin):
    """The rows of ``Term``, the most used first.

    A pair that only ships with the site has no row: the form to add one is filled in with it.
    """

    form = TermForm
    go_back = curation.revert_term
    list_display = (*PAIR, "kind", "direction", "origin", "score", "english_count", "hidden")
    list_filter = (DoubtfulFilter, "origin", "kind", "hidden")
    search_fields = PAIR
    ordering = ("-english_count", "-pk")
    readonly_fields = COUNTS
    actions = ("hide", "show", "merge")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("papers.add_term")

    def get_fields(self, request: HttpRequest, obj: Term | None = None) -> Any:
        decided = (PAIR, ("kind", "direction", "score"), "hidden", "note_en", "note_zh")
        return (*decided, COUNTS) if obj else decided

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> Any:
        """A row keeps its two terms: a better pair is added, and the wrong one hidden."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *PAIR) if obj else fields

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context=None):
        """Open the row of the pair in the address if it has one."""
        row = curation.row_of_pair(*_asked(request)) if request.method == "GET" else None
        if row:
            return HttpResponseRedirect(reverse("admin:papers_term_change", args=[row.pk]))
        return super().add_view(request, form_url, extra_context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """Return the pair in the address, as the glossary has it."""
        english, chinese = _asked(request)
        said = {"english": english, "chinese": chinese}
        pair = current_glossary().pair(english, chinese)
        names = (*PAIR, "kind", "direction", "score")
        return {name: getattr(pair, name) for name in names} if pair else said

    def save_model(self, request: HttpRequest, term: Term, form, change: bool) -> None:
        curation.decide_term(term, request.user)

    @admin.action(description=_("Hide"), permissions=["change"])
    def hide(self, request: HttpRequest, terms: QuerySet[Term]) -> None:
        if chosen := _chosen(request, terms):
            curation.hide_terms(chosen, request.user)
            _say_done(request, len(chosen))

    @admin.action(description=_("Show"), permissions=["change"])
    def show(self, request: HttpRequest, terms: QuerySet[Term]) -> None:
        if chosen := _chosen(request, terms):
            curation.show_terms(chosen, request.user)
            _say_done(request, len(chosen))

    @admin.action(description=_("Merge"), permissions=["change"])
    def merge(self, request: HttpRequest, terms: QuerySet[Term]) -> HttpResponse | None:
        """Ask which pair to keep; once that is said, hide the others."""
        chosen = _chosen(request, terms)
        if len(chosen) < 2 or not have_a_term_in_common(chosen):
            said = gettext("Select two or more pairs with the same English or the same Chinese.")
            messages.error(request, said)
            return None
        form = KeepForm(chosen, request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            curation.merge_terms(form.cleaned_data["keep"], chosen, request.user)
            _say_done(request, len(chosen))
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Merge"),
            "opts": self.opts,
            "form": form,
            "terms": chosen,
            "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/papers/term/merge.html", context)


def _asked(request: HttpRequest) -> tuple[str, str]:
    english, chinese = (request.GET.get(name, "").strip() for name in PAIR)
    return english[:LONGEST_ENGLISH], chinese[:LONGEST_CHINESE]


def _chosen(request: HttpRequest, terms: QuerySet[Term]) -> list[Term]:
    """Return the selected terms; none, and say so, if they are too many for one request."""
    chosen = list(terms[: MAX_TERMS + 1])
    if len(chosen) <= MAX_TERMS:
        return chosen
    said = gettext("Select at most %(most)s terms at once.") % {"most": MAX_TERMS}
    messages.error(request, said)
    return []


def _say_done(request: HttpRequest, number: int) -> None:
    said = ngettext("%(number)s term changed.", "%(number)s terms changed.", number)
    messages.success(request, said % {"number": number})


@admin.register(RisingTerm)
class RisingTermAdmin(BaseAdmin, VersionsAdmin):
    """What titles use more than before; curators say which phrases are no terms."""

    go_back = curation.revert_phrase
    list_display = ("term", "known", "recent", "before", "score", "rejected")
    list_filter = ("known", "rejected")
    search_fields = ("term",)
    ordering = ("-score", "term")
    readonly_fields = ("term", "known", "recent", "before", "score", "rejected")
    actions = ("reject", "take_back")

    @admin.action(description=_("Not a term"), permissions=["change"])
    def reject(self, request: HttpRequest, phrases: QuerySet[RisingTerm]) -> None:
        curation.reject_phrases(phrases, request.user)
        _say_done(request, len(phrases))

    @admin.action(description=_("A term after all"), permissions=["change"])
    def take_back(self, request: HttpRequest, phrases: QuerySet[RisingTerm]) -> None:
        curation.take_back_phrases(phrases, request.user)
        _say_done(request, len(phrases))


@admin.register(TermWeek)
class TermWeekAdmin(EvidenceAdmin):
    list_display = ("term", "week", "papers", "titles")
    search_fields: ClassVar[Any] = ("^term",)
    ordering = ("-week", "-term")
