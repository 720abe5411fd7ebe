"""A feed of what waits in the admin, one entry a day, by a signed address for each user.

Feed readers do not sign in, so the address itself says whose feed it is. The user can revoke it at
any time; it also ends with the account's right to the admin.
"""

import datetime

from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from papers.curation.queue_counts import Course, courses
from papers.models import WaitingFeed

SALT = "waiting-feed"
MAX_AGE = 600  # seconds for which a feed reader may keep the answer
LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}  # of the interface, and as tags of XML


def address_of(request: HttpRequest) -> str:
    """Return the whole address of the user's feed in the interface language; empty without one."""
    row = WaitingFeed.objects.filter(user_id=request.user.pk or 0).first()
    if row is None:
        return ""
    token = signing.dumps([row.user_id, row.key], salt=SALT)
    path = reverse("admin:waiting_feed", args=[token])
    return request.build_absolute_uri(f"{path}?lang={translation.get_language()}")


def change_key(request: HttpRequest) -> HttpResponse:
    """Give the user's feed a new address, or none; the old one no longer works."""
    if not request.user.has_perm("papers.view_paper"):
        raise PermissionDenied
    if request.POST.get("act") == "revoke":
        WaitingFeed.objects.filter(user_id=request.user.pk or 0).delete()
    else:
        WaitingFeed.objects.update_or_create(
            user_id=request.user.pk or 0, defaults={"key": get_random_string(32)}
        )
    return HttpResponseRedirect(f"{reverse('admin:log')}#feed")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the feed: for each day on which queues were counted, how long they were.

    Raise Http404 if the address was never given, or was revoked.
    """
    user = _user_of(token)
    wanted = request.GET.get("lang", "")
    with translation.override(wanted if wanted in LANGUAGES else "en"):
        content = _atom(request, courses(user))
    answer = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    answer.headers["Cache-Control"] = f"private, max-age={MAX_AGE}"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _user_of(token: str) -> User:
    try:
        pk, key = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    row = WaitingFeed.objects.filter(user_id=pk, key=key).select_related("user").first()
    if row is None or not (row.user.is_active and row.user.is_staff):
        raise Http404
    return row.user


def _atom(request: HttpRequest, queues: list[Course]) -> str:
    front = request.build_absolute_uri(reverse("admin:index"))
    atom = Atom1Feed(
        title=gettext("Duizhao: what waits"),
        link=front,
        description="",
        language=LANGUAGES[translation.get_language()],
        feed_url=request.build_absolute_uri(),
        feed_guid=get_tag_uri(f"{front}waiting", None),
    )
    for day in sorted({day for one in queues for day in one.counts}, reverse=True):
        lines = [(one, one.counts[day]) for one in queues if one.counts.get(day)]
        midnight = timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
        atom.add_item(
            title=_title(day, lines),
            link=front,
            description=_lines(lines, day),
            unique_id=get_tag_uri(f"{front}waiting/{day}", None),
            updateddate=midnight,
            pubdate=midnight,
        )
    return atom.writeString("utf-8")


def _title(day: datetime.date, lines: list[tuple[Course, int]]) -> str:
    named = ", ".join(f"{one.queue.label} {number:,}" for one, number in lines[:3])
    return f"{day}: {named or gettext('nothing waits')}"


def _lines(lines: list[tuple[Course, int]], day: datetime.date) -> str:
    """Return the queues of a day as a list, each with its change since the count before."""
    rows = ((one.queue.label, f"{number:,}", _change(one, number, day)) for one, number in lines)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{} {}{}</li>", rows))


def _change(one: Course, number: int, day: datetime.date) -> str:
    before = one.before(day)
    return "" if before is None or before == number else f" ({number - before:+,})"
