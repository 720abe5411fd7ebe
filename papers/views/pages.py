"""What all pages share."""

from django.views.generic import TemplateView, View

from papers.language import ReadingRequest


class SafeMethodsOnly(View):
    """Public pages only answer GET and HEAD."""

    http_method_names = ["get", "head"]


class Page(SafeMethodsOnly, TemplateView):
    """A page made from a template and ``get_context_data``."""

    request: ReadingRequest
