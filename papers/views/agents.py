"""The address at which language models use the site's tools."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from digest_site.arrival import SMALL_BODY
from papers.http.parameters import of_program
from papers.http.responses import opened, problem
from papers.mcp.protocol import VERSIONS, answer_to


@method_decorator(csrf_exempt, name="dispatch")  # nothing is changed, and no cookie is read
class Mcp(View):
    """``/api/mcp``: one message of the Model Context Protocol, one answer. Off unless ``MCP``."""

    parameters = of_program()
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not settings.MCP:
            return problem(404, "The tools for language models are turned off here.")
        if int(request.META.get("CONTENT_LENGTH") or 0) > SMALL_BODY:
            return problem(413, f"A message has at most {SMALL_BODY} bytes.")
        version = request.headers.get("MCP-Protocol-Version", VERSIONS[0])
        if version not in VERSIONS:
            return problem(400, f"MCP-Protocol-Version must be one of {', '.join(VERSIONS)}.")
        answer = answer_to(request.body)
        response = HttpResponse(status=202) if answer is None else JsonResponse(answer)
        add_never_cache_headers(response)
        return opened(response)

    def http_method_not_allowed(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Refuse GET: the server has nothing to say of itself, so it opens no stream."""
        answer = problem(405, "Send messages with POST.")
        answer.headers["Allow"] = "POST"
        return answer
