"""XML elements as text, with everything escaped, for feeds, references and books."""

from xml.sax.saxutils import escape, quoteattr


def element(name: str, text: str = "", /, **attributes: str) -> str:
    """Return ``<name a="…">text</name>``, escaped, without empty attributes."""
    return nested(name, escape(text), **attributes)


def nested(name: str, /, *inside: str, **attributes: str) -> str:
    """Return an element that contains these elements, which are XML already.

    An underscore pair in an attribute's name is a colon: ``xml__lang``.
    """
    given = "".join(
        f" {key.replace('__', ':')}={quoteattr(value)}" for key, value in attributes.items() if value
    )
    content = "".join(inside)
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"
