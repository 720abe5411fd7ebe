"""What all pages share."""

from django.views.generic import TemplateView, View

from papers.http.language import ReadingRequest
from papers.http.parameters import Parameters, of_page


class SafeMethodsOnly(View):
    """Public pages only answer GET and HEAD, and understand the language in their address."""

    parameters: Parameters = of_page()
    http_method_names = ["get", "head"]


class Page(SafeMethodsOnly, TemplateView):
    """A page made from a template and ``get_context_data``."""

    request: ReadingRequest
