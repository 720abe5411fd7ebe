"""One empty page at every address."""

from django.http import HttpRequest, HttpResponse
from django.urls import re_path


def empty(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Empty</title>")


urlpatterns = [re_path(r"^(?!language$).*$", empty)]
