"""XML elements as text, with everything escaped, for feeds, references and books."""

from xml.sax.saxutils import escape, quoteattr


def element(name: str, text: str = "", /, **attributes: str) -> str:
    """Return ``<name a="…">text</name>``, escaped, without empty attributes."""
    return nested(name, escape(text), **attributes)


def nested(name: str, /, *inside: str, **attributes: str) -> str:
    """Return an element that contains these elements, which are XML already.

    An attribute's name is written for Python: ``class_``, ``xml__lang``, ``media_type``.
    """
    given = "".join(
        f" {_name(key)}={quoteattr(value)}" for key, value in attributes.items() if value
    )
    content = "".join(inside)
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def document(root: str, doctype: str = "") -> str:
    """Return a whole document with this root element."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}{root}\n'


def _name(key: str) -> str:
    """Return the attribute's name in XML: ``class``, ``xml:lang``, ``media-type``."""
    return key.rstrip("_").replace("__", ":").replace("_", "-")
