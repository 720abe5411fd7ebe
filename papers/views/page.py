"""Base classes of the public views."""

from django.views.generic import TemplateView, View

from papers.http.language import ReadingRequest
from papers.http.parameters import Parameters, of_page


class SafeMethodsOnly(View):
    """A view that allows GET and HEAD only, and declares its query parameters."""

    parameters: Parameters = of_page()
    http_method_names = ["get", "head"]


class Page(SafeMethodsOnly, TemplateView):
    """A page made from a template and ``get_context_data``."""

    request: ReadingRequest
