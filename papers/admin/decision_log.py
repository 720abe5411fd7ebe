"""The log of the admin: what was done and by whom, the queues then and now, actions to undo."""

import datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from papers.admin import waiting_feed
from papers.curation import activity, queue_counts

# The page of each queue (papers.curation.queue_counts).
QUEUES = {
    "doubtful": ("papers_paper_changelist", "zh_state__exact=suspect"),
    "missing": ("papers_paper_changelist", "zh_state__exact=missing"),
    "refused": ("papers_translationattempt_changelist", "queue=refused"),
    "held": ("papers_digest_changelist", "held__exact=1"),
    "digests": ("missing_digests", ""),
    "uploads": ("papers_upload_changelist", ""),
    "authors": ("papers_author_alike", ""),
    "terms": ("papers_term_changelist", "doubtful=1"),
}
WEEK = datetime.timedelta(days=6)  # before today


def page(request: HttpRequest) -> HttpResponse:
    """Show the decisions of today and of seven days, the curator's own and all."""
    if not request.user.has_perm("papers.view_paper"):
        raise PermissionDenied
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    mine = request.GET.get("who") == "me"
    context = {
        **admin.site.each_context(request),
        "title": gettext("What was done"),
        "work": activity.work(request.user, today, today - WEEK),
        "courses": [(one, _href(one)) for one in queue_counts.courses(request.user)],
        "batches": activity.batches(),
        "mine": mine,
        "latest": activity.latest(request.user if mine else None),
        "may_undo_papers": request.user.has_perm("papers.change_paper"),
        "may_undo_authors": request.user.has_perm("papers.change_author"),
        "feed": waiting_feed.address_of(request),
    }
    return TemplateResponse(request, "admin/log.html", context)


def _href(course: queue_counts.Course) -> str:
    """Return the address of the queue's own page."""
    name, query = QUEUES[course.queue.name]
    return f"{reverse(f'admin:{name}')}{'?' if query else ''}{query}"
