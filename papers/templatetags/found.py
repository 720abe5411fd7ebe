"""What a search marked in texts, as HTML: escaped first, marked after."""

from django import template

from papers.presentation.card_cache import marked_titles, snippet

register = template.Library()

register.simple_tag(marked_titles)
register.simple_tag(snippet)
