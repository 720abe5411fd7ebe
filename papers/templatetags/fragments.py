"""Cache template parts that are the same at every address, in the memory of this process."""

from django import template
from django.db.models import Model
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from papers.db.version_cache import LruCache

register = template.Library()

KEPT = 300  # results of one place in a template; the least recently used go first


@register.tag
def once(parser: Parser, token: Token) -> "Once":
    """``{% once name=value … %}…{% endonce %}``: render the content once and keep the result.

    It is rendered once for each interface language and combination of values, and sees only these
    values of the context. They must be hashable, and no rows of the database: a row is equal to
    what it was before it changed.
    """
    names = token_kwargs(token.split_contents()[1:], parser)
    inside = parser.parse(["endonce"])
    parser.delete_first_token()
    return Once(inside, names)


class Once(template.Node):
    def __init__(self, inside: NodeList, names: dict[str, FilterExpression]) -> None:
        self._inside, self._names = inside, names
        self._rendered = LruCache(KEPT)

    def render(self, context: template.Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self._names.items()}
        # With the types: a string that is safe as HTML is equal to the same that is not.
        key = (get_language(), *values.values(), *map(type, values.values()))
        rendered = self._rendered.get(key)
        if rendered is None:
            _refuse_rows(values)
            rendered = self._inside.render(context.new(values))
            self._rendered.put(key, rendered)
        return rendered


def _refuse_rows(values: dict[str, object]) -> None:
    for name, value in values.items():
        if isinstance(value, Model):
            raise TypeError(f"{{% once %}} cannot keep {name}: it is a row, which may change.")
