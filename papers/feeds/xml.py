"""Helpers to write XML, for Atom, RSS, OPML and the sitemap."""

from xml.sax.saxutils import escape, quoteattr

from django.templatetags.static import static

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
PAGING_NAMESPACE = "http://purl.org/syndication/history/1.0"  # RFC 5005


def element(name: str, text: str = "", /, **attributes: str) -> str:
    """Return ``<name a="…">text</name>``, escaped, without empty attributes."""
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value)
    return f"<{name}{given}>{escape(text)}</{name}>" if text else f"<{name}{given}/>"


def declaration() -> str:
    """Return the XML declaration, and a stylesheet that makes the feed readable in a browser."""
    stylesheet = quoteattr(static("css/feed.css"))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<?xml-stylesheet type="text/css" href={stylesheet}?>\n'
    )
