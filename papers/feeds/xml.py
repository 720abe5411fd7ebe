"""The declaration and the namespaces of Atom and RSS."""

from xml.sax.saxutils import quoteattr

from django.templatetags.static import static

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
PAGING_NAMESPACE = "http://purl.org/syndication/history/1.0"  # RFC 5005


def declaration() -> str:
    """Return the XML declaration, and a stylesheet that makes the feed readable in a browser."""
    stylesheet = quoteattr(static("css/feed.css"))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<?xml-stylesheet type="text/css" href={stylesheet}?>\n'
    )
