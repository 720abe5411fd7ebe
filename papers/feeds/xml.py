"""Pieces of XML, for the two forms of feeds that are made of them."""

from xml.sax.saxutils import escape, quoteattr

from django.templatetags.static import static

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
PAGING_NAMESPACE = "http://purl.org/syndication/history/1.0"  # RFC 5005


def element(name: str, text: str = "", /, **attributes: str) -> str:
    """``<name a="…">text</name>``, escaped; an attribute without a value is left out."""
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value)
    return f"<{name}{given}>{escape(text)}</{name}>" if text else f"<{name}{given}/>"


def declaration() -> str:
    """The first lines of the file. The stylesheet tells a person in a browser what this is."""
    stylesheet = quoteattr(static("css/feed.css"))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<?xml-stylesheet type="text/css" href={stylesheet}?>\n'
    )
