"""The front page of the admin: each queue with its length and a link."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count
from django.urls import reverse

from papers.curation import activity, queues
from papers.models import MailedList, Upload

LATEST = 10


@dataclass(frozen=True)
class Line:
    """One queue on the front page: its name, its length and its address."""

    label: object
    number: object
    href: str
    detail: object = ""


def front_page(user: User | AnonymousUser) -> dict:
    """Return the queues that this user may see.

    The number of queries is fixed, however long the queues are.
    """
    context: dict = {}
    if user.has_perm("papers.view_paper"):
        context |= {
            "doubtful": [(one, _doubt_lines(one)) for one in queues.doubtful_texts()],
            "without_chinese": _without_chinese(),
            "all_without_chinese": Line(
                "", queues.all_without_chinese(), _papers(zh_state__exact="missing")
            ),
            "latest": activity.latest()[:LATEST],
        }
    if user.has_perm("papers.view_importproblem") and user.pk:
        context |= {
            "problems": queues.count_up_to(queues.unread_problems(user)),
            "problems_since": queues.problems_read_until(user),
        }
    if user.has_perm("papers.view_digest"):
        context["missing_digests"] = len(queues.digests_missing())
        context["held_digests"] = queues.count_up_to(queues.held_digests())
    if user.has_perm("papers.view_translationattempt"):
        context["refused_translations"] = queues.count_up_to(queues.refused_translations())
    if user.has_perm("papers.view_author"):
        context["alike_authors"] = queues.count_up_to(queues.alike_authors())
    if user.has_perm("papers.view_term"):
        context["doubtful_terms"] = queues.count_up_to(queues.doubtful_terms())
        context["terms_without_chinese"] = _terms_without_chinese(user.has_perm("papers.add_term"))
    if user.has_perm("papers.view_upload"):
        going_on = (Upload.State.WAITING, Upload.State.RUNNING)
        context["uploads"] = queues.count_up_to(Upload.objects.filter(state__in=going_on))
    if user.has_perm("papers.view_mailedlist"):
        lists = MailedList.objects.confirmed()
        context["mailed"] = lists.aggregate(
            lists=Count("pk"), addresses=Count("address", distinct=True)
        )
    return context


def _papers(**query) -> str:
    return f"{reverse('admin:papers_paper_changelist')}?{urlencode(query)}"


def _doubt_lines(texts: queues.DoubtfulTexts) -> list[Line]:
    return [
        Line(
            source.name if source else "",
            number,
            _papers(
                field=texts.field, fault=texts.fault, **({"source": source.pk} if source else {})
            ),
        )
        for source, number in texts.by_source
    ]


def _without_chinese() -> list[Line]:
    return [
        Line(topic, number, _papers(zh_state__exact="missing", topic=topic.slug))
        for topic, number in queues.without_chinese()
    ]


def _terms_without_chinese(may_add: bool) -> list[Line]:
    """Return the rising phrases; for those who may add terms, with the form filled in."""
    form = reverse("admin:papers_term_add")
    return [
        Line(one.term, one.recent, f"{form}?{urlencode({'english': one.term})}" if may_add else "")
        for one in queues.terms_without_chinese()
    ]
