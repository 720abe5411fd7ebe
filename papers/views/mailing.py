"""Ask for a list by mail, confirm it, cancel it. None of these pages is kept by any cache.

The links of letters only show a page; its button confirms or cancels. Programs that look at links
before their reader does can therefore do neither.
"""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from papers.http.language import ReadingRequest
from papers.http.parameters import of_page
from papers.http.rate_limit import times_asked, too_many
from papers.mail import requests
from papers.mail.asked_list import AskedList, UnknownList, list_at
from papers.mail.delivery import send_letters_soon
from papers.mail.signed_links import Expired, Forged, Purpose, row_of
from papers.models import MailedList
from papers.text.bilingual import BOTH, CHOICES, EN, ZH

ASKS, HOUR = 10, 3_600  # requests of one client in an hour
NAMES = {EN: "English", ZH: "中文", BOTH: "对照"}


class AskForm(forms.Form):
    """The address, and the language of titles."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages=dict.fromkeys(("invalid", "required"), _("Enter an e-mail address.")),
    )
    lang = forms.ChoiceField(choices=[(code, NAMES[code]) for code in CHOICES])


@method_decorator(never_cache, name="dispatch")
class MailPage(TemplateView):
    """Base class of the pages: a heading, a text, and what can be done."""

    request: ReadingRequest
    template_name = "mail/page.html"
    parameters = of_page()

    def page(self, heading: object, text: object, status: int = 200, **more) -> HttpResponse:
        context = self.get_context_data(heading=heading, text=text, **more)
        return self.render_to_response(context, status=status)

    def render_to_response(self, context: dict[str, Any], **kwargs) -> HttpResponse:
        headers = {"X-Robots-Tag": "noindex, nofollow"}
        return super().render_to_response(context, headers=headers, **kwargs)


class AskForList(MailPage):
    """``/mail/?list=/topics/rag/%3Fzh=ok``: the form by which a reader asks for a list."""

    http_method_names = ["get", "head", "post"]
    parameters = of_page("list")

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not settings.MAIL_LISTS:
            raise Http404("Lists by mail are turned off here.")
        try:
            self.wanted = list_at(request.GET.get("list", ""), self.request.reading.chosen)
        except UnknownList as reason:
            return self._no_such_list(reason)
        return super().dispatch(request, *args, **kwargs)

    def _no_such_list(self, reason: UnknownList) -> HttpResponse:
        text = _("Go to a topic, an author or a search, and from there to “How to subscribe”.")
        return self.page(reason, text, status=400)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        code = self.wanted.reading.code
        return self._form(AskForm(initial={"lang": code if code in CHOICES else BOTH}))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = AskForm(request.POST)
        if not form.is_valid():
            return self._form(form, status=400)
        if times_asked(request, "mail", HOUR) > ASKS:
            return too_many(request, HOUR)
        wanted = self.wanted.in_language(form.cleaned_data["lang"])
        try:
            requests.ask(form.cleaned_data["address"], wanted, get_language() or "en")
        except requests.TooMany:
            return self.page(
                _("Too many requests today"),
                _(
                    "The site sends only a limited number of confirmations a day. "
                    "Try again tomorrow."
                ),
                status=429,
            )
        transaction.on_commit(send_letters_soon)
        return HttpResponseRedirect(reverse("mail-asked"))

    def _form(self, form: AskForm, status: int = 200) -> HttpResponse:
        self.template_name = "mail/ask.html"
        most = requests.LISTS_OF_AN_ADDRESS
        context = self.get_context_data(form=form, wanted=self.wanted, most=most)
        return self.render_to_response(context, status=status)


class Asked(MailPage):
    """``/mail/asked/``: the same for every address, whether it is known or not."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        text = _(
            "If the address is right, a message with a link is on its way. The list comes after "
            "you have confirmed it there. Check the spam folder, too. You can ask for the same "
            "list again after a day."
        )
        return self.page(_("Check your mailbox"), text)


@method_decorator(csrf_exempt, name="dispatch")  # the signed link says who asks, no cookie does
class LinkPage(MailPage):
    """Base class of the addresses in letters: GET shows what the button does, POST does it."""

    http_method_names = ["get", "head", "post"]
    purpose: ClassVar[Purpose]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        try:
            self.row = row_of(kwargs["token"], self.purpose)
        except Forged:
            text = _("It may have been cut off. Copy the whole link from the message.")
            return self.page(_("This link is not valid"), text, status=404)
        except Expired:
            text = _("It was valid for three days. Ask for the list again on its page.")
            return self.page(_("This link has expired"), text, status=410)
        return super().dispatch(request, *args, **kwargs)

    def shown(self, row: MailedList) -> dict:
        """Return the list's name and page; empty if the site no longer has it."""
        try:
            wanted: AskedList | None = list_at(str(row))
        except UnknownList:
            wanted = None
        return {"wanted": wanted}


class Confirm(LinkPage):
    """The link of a confirming letter."""

    purpose = Purpose.CONFIRM

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.row is None:
            return self._gone()
        if self.row.confirmed:
            return self._comes(self.row)
        text = _("New papers of this list will be sent to your address once a day.")
        act = _("Send me this list")
        return self.page(_("Confirm this list"), text, act=act, **self.shown(self.row))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.row is None:
            return self._gone()
        requests.confirm(self.row)
        return self._comes(self.row)

    def _comes(self, row: MailedList) -> HttpResponse:
        text = _(
            "New papers come once a day, if there are any. Each message has a link to unsubscribe."
        )
        return self.page(_("This list comes by mail"), text, **self.shown(row))

    def _gone(self) -> HttpResponse:
        text = _(
            "You unsubscribed, or did not confirm in time. Ask for the list again on its page."
        )
        return self.page(_("This request no longer exists"), text, status=410)


class Cancel(LinkPage):
    """The link to stop a list, and the address of List-Unsubscribe (RFC 8058).

    It works also while lists by mail are turned off.
    """

    purpose = Purpose.CANCEL

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.row is None:
            return self._done()
        others = MailedList.objects.filter(address=self.row.address).exclude(pk=self.row.pk)
        text = _("Your address is deleted with your last list.")
        return self.page(
            _("Unsubscribe from this list?"),
            text,
            act=_("Unsubscribe"),
            act_all=_("Unsubscribe from all lists") if others.exists() else "",
            **self.shown(self.row),
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.row:
            cancel = requests.cancel_all if "all" in request.POST else requests.cancel
            cancel(self.row)
        return self._done()

    def _done(self) -> HttpResponse:
        return self.page(
            _("This list is no longer sent"), _("You can subscribe again at any time.")
        )
