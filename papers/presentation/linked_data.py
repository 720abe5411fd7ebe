"""What a page is about, as JSON-LD for search engines (https://schema.org)."""

import json
from collections.abc import Sequence

from django.conf import settings
from django.utils.safestring import SafeString

from papers.citations.reference import Reference

# Inside a data block these characters must not end the block.
_NOT_IN_HTML = {character: f"\\u{ord(character):04X}" for character in "<>&"}


def data_block(said: dict) -> SafeString:
    """Return the data, without empty values, as an element of a page.

    Browsers do not run data blocks, so a policy against inline scripts allows them.
    """
    present = {name: value for name, value in said.items() if value}
    written = json.dumps({"@context": "https://schema.org"} | present, ensure_ascii=False)
    for character, escaped in _NOT_IN_HTML.items():
        written = written.replace(character, escaped)
    # Safe: characters that could end the element are written as JSON escapes.
    return SafeString(f'<script type="application/ld+json">{written}</script>')


def scholarly_article(reference: Reference) -> dict:
    """Describe a paper: https://schema.org/ScholarlyArticle"""
    return {
        "@type": "ScholarlyArticle",
        "headline": reference.title,
        "alternativeHeadline": reference.title_zh,
        "author": [{"@type": "Person", "name": name} for name in reference.authors],
        "datePublished": "-".join(reference.submitted),
        "abstract": reference.abstract,
        "keywords": list(reference.topics),
        "identifier": f"arXiv:{reference.arxiv_id}",
        "sameAs": [reference.url, f"https://doi.org/{reference.doi}"],
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": reference.pdf_url,
            "encodingFormat": "application/pdf",
        },
        "publisher": {"@type": "Organization", "name": "arXiv"},
        "url": reference.page,
        "isAccessibleForFree": True,
        "inLanguage": "en",
    }


def collection_page(name: str, address: str, items: Sequence[str], first: int = 1) -> dict:
    """Describe a list: https://schema.org/CollectionPage, with an ItemList of these addresses.

    ``first`` is the position of the first of them in the whole list.
    """
    listed = [
        {"@type": "ListItem", "position": position, "url": item}
        for position, item in enumerate(items, first)
    ]
    return {
        "@type": "CollectionPage",
        "name": name,
        "url": address,
        "inLanguage": ["en", "zh-Hans"],
        "isPartOf": {
            "@type": "WebSite",
            "name": settings.SITE_NAME,
            "url": settings.SITE_URL,
        },
        "mainEntity": {"@type": "ItemList", "itemListElement": listed},
    }
