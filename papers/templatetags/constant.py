"""Parts that are the same on every page, made once."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def constant(name: str) -> SafeString:
    """Includes a template that asks for nothing but the interface language."""
    return render_to_string(name) if settings.DEBUG else _made(name, get_language())


@cache
def _made(name: str, language: str) -> SafeString:
    return render_to_string(name)
