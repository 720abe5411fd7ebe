"""The description of the API in OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0."""

from django.conf import settings
from django.urls import reverse

from papers.api.params import FEWEST, MOST, ORDERS, USUAL
from papers.glossary import Origin
from papers.lists.cursor import CURSOR, DAY
from papers.lists.filters import MAX_VALUES
from papers.lists.term_catalogue import LONGEST_FIND
from papers.models import Topic, ZhState
from papers.search import MAX_LENGTH
from papers.text.arxiv_ids import ARXIV_ID

_TEXT = {"type": "string"}
_MAYBE_TEXT = {"type": ["string", "null"]}
_TEXTS = {"type": "array", "items": _TEXT}
_WHOLE = {"type": "integer", "minimum": 0}
_SCORE = {
    "type": "number",
    "minimum": 0,
    "maximum": 1,
    "description": "how near it is: the cosine of the weighted words of title and abstract",
}
_DAY = {"type": "string", "format": "date"}
_MOMENT = {"type": "string", "format": "date-time"}
_ADDRESS = {"type": "string", "format": "uri"}
_MAYBE_ADDRESS = {"type": ["string", "null"], "format": "uri"}
_ID = {"type": "string", "pattern": f"^{ARXIV_ID}$"}
_TERM = r"[-\w]{1,100}"  # the key of a term
_KEY = {"type": "string", "minLength": 1, "maxLength": 100}
_SLUG = {"type": "string", "minLength": 1, "maxLength": 64}


def description() -> dict:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.SITE_NAME}: arXiv papers in English and Chinese",
            "version": "1",
            "description": "Read-only. Every response contains both languages; a text that is "
            "missing in one of them is null. Errors are problem documents (RFC 9457). A client "
            "that sends too many requests gets 429 with Retry-After.",
        },
        "servers": [{"url": f"{settings.SITE_URL}{reverse('api').rstrip('/')}"}],
        "paths": {
            "/papers": _reads("The papers of a list, newest first", "Papers", _list_parameters()),
            "/papers/{id}": _reads("One paper", "WholePaper", [_paper_id()], may_lack=True),
            "/topics": _reads("All topics", "Topics", []),
            "/days": _reads("The days that have digests, newest first", "Days", _paging(DAY)),
            "/glossary": _reads("The terms of the glossary, A to Z", "Terms", _term_parameters()),
            "/glossary/{key}": _reads("One term", "WholeTerm", [_term_key()], may_lack=True),
            "/openapi.json": _reads("This description", "Description", []),
        },
        "components": {"schemas": _schemas()},
    }


def _reads(summary: str, schema: str, parameters: list[dict], may_lack: bool = False) -> dict:
    """Return the path item: one GET operation with its parameters and responses."""
    responses = {
        "200": _answer(summary, "application/json", schema),
        "400": _problem("A value or a name in the address is not valid"),
        "429": _problem("Asked too often; Retry-After says how many seconds to wait")
        | {"headers": {"Retry-After": {"required": True, "schema": _WHOLE}}},
    }
    if may_lack:
        responses["404"] = _problem("There is nothing at this address")
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _answer(summary: str, content_type: str, schema: str) -> dict:
    content = {content_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": summary, "content": content}


def _problem(summary: str) -> dict:
    return _answer(summary, "application/problem+json", "Problem")


def _parameter(name: str, about: str, schema: dict) -> dict:
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _repeatable(name: str, about: str, items: dict) -> dict:
    schema = {"type": "array", "items": items, "maxItems": MAX_VALUES}
    return _parameter(name, about, schema) | {"style": "form", "explode": True}


_OFF = {"type": "string", "enum": ["off"]}


def _list_parameters() -> list[dict]:
    words = {"type": "string", "maxLength": MAX_LENGTH}
    author = {"type": "string", "minLength": 1, "maxLength": 96}
    return [
        _parameter("q", "a search query, as described at /search-help/", words),
        _repeatable("topic", "the slug of a topic; repeat for any of them", _SLUG),
        _parameter("author", "the key of an author, as in the author's page address", author),
        _parameter("from", "first seen on this day or later", _DAY),
        _parameter("to", "first seen on this day or earlier", _DAY),
        _parameter("zh", "the translation status", {"type": "string", "enum": ZhState.values}),
        _repeatable("id", "an arXiv id; repeat for a selection", _ID),
        _parameter("sort", "the order", {"type": "string", "enum": list(ORDERS)}),
        _parameter("bridge", "off: search as typed, in no other language", _OFF),
        *_paging(CURSOR),
    ]


def _paging(cursor: str) -> list[dict]:
    """Return the parameters of pages; ``cursor`` is a pattern."""
    limit = {"type": "integer", "minimum": FEWEST, "maximum": MOST, "default": USUAL}
    return [
        _parameter("limit", "the maximum number of results", limit),
        _parameter(
            "cursor",
            "the start of the page: copy it unchanged from `next`",
            {"type": "string", "pattern": f"^(?:{cursor})$"},
        ),
    ]


def _paper_id() -> dict:
    about = "the arXiv id without a version; keep the slash of an old one (cs/0112017)"
    return {"name": "id", "in": "path", "required": True, "description": about, "schema": _ID}


def _term_parameters() -> list[dict]:
    words = {"type": "string", "maxLength": LONGEST_FIND}
    about = "a part of a name, in English or Chinese; whole names come first"
    return [_parameter("q", about, words), *_paging(_TERM)]


def _term_key() -> dict:
    about = "the key of a term, as in the address of its page; plurals and abbreviations work too"
    return {"name": "key", "in": "path", "required": True, "description": about, "schema": _KEY}


def _object(**fields: dict) -> dict:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _list_of(schema: str) -> dict:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}


def _also_searched() -> dict:
    about = "the other words, mostly English, that a Chinese query was searched as; see `bridge`"
    return {"type": "array", "items": _TEXT, "description": about}


_BOTH = {"$ref": "#/components/schemas/Bilingual"}


def _sentences() -> dict:
    about = (
        "what says the same in both abstracts, in order; the spans of a language are its whole "
        "abstract together; null where that is not sure"
    )
    items = {"$ref": "#/components/schemas/SentencePair"}
    return {"type": ["array", "null"], "items": items, "description": about}


def _sentence_pair() -> dict:
    about = (
        "start and end in the abstract, in Unicode code points; null where that language says "
        "nothing of it"
    )
    span = {"type": ["array", "null"], "items": _WHOLE, "minItems": 2, "maxItems": 2}
    return _object(en=span | {"description": about}, zh=span | {"description": about})


def _paper(**more: dict) -> dict:
    return _object(
        id=_ID,
        page=_ADDRESS,
        title=_BOTH,
        abstract=_BOTH,
        sentences=_sentences(),
        authors=_TEXTS,
        first_seen=_DAY,
        modified=_MOMENT,
        topics={"type": "array", "items": _SLUG},
        zh={"type": "string", "enum": ZhState.values},
        featured={"type": "boolean"},
        note=_BOTH,
        arxiv_url=_ADDRESS,
        html_url=_MAYBE_ADDRESS,
        pdf_url=_ADDRESS,
        citation_key=_TEXT,
        **more,
    )


def _term(**more: dict) -> dict:
    return _object(
        key=_KEY,
        page=_ADDRESS,
        name=_BOTH,
        other_en=_TEXTS,
        other_zh=_TEXTS,
        abbreviations=_TEXTS,
        origin={"type": "string", "enum": [str(one) for one in Origin]},
        **more,
    )


def _schemas() -> dict:
    return {
        **_schemas_of_papers(),
        **_schemas_of_lists(),
        **_schemas_of_terms(),
        "Bilingual": _object(en=_MAYBE_TEXT, zh=_MAYBE_TEXT),
        "Problem": _object(type=_TEXT, title=_TEXT, status=_WHOLE, detail=_TEXT),
        "Description": {"type": "object"},
    }


def _schemas_of_papers() -> dict:
    more = {"related": _list_of("RelatedPaper"), "appearances": _list_of("Appearance")}
    return {
        "Paper": _paper(),
        "WholePaper": _paper(**more),
        "SentencePair": _sentence_pair(),
        "RelatedPaper": _object(id=_ID, page=_ADDRESS, title=_BOTH, score=_SCORE),
        "Appearance": _object(date=_DAY, topic=_SLUG, source=_TEXT, withdrawn={"type": "boolean"}),
        "Papers": _object(
            papers=_list_of("Paper"), next=_MAYBE_ADDRESS, also_searched=_also_searched()
        ),
    }


def _schemas_of_lists() -> dict:
    kind = {"type": "string", "enum": Topic.Kind.values}
    return {
        "Topic": _object(slug=_SLUG, kind=kind, name=_BOTH, papers=_WHOLE, page=_ADDRESS),
        "Topics": _object(topics=_list_of("Topic")),
        "Day": _object(
            date=_DAY,
            page=_ADDRESS,
            new_papers=_WHOLE,
            digests=_WHOLE,
            empty_digests=_WHOLE,
            imported=_MOMENT,
        ),
        "Days": _object(days=_list_of("Day"), next=_MAYBE_ADDRESS),
    }


def _schemas_of_terms() -> dict:
    return {
        "Term": _term(),
        "WholeTerm": _term(weeks=_list_of("TermWeek")),
        "TermWeek": _object(week=_DAY, papers=_WHOLE, titles=_WHOLE),
        "Terms": _object(terms=_list_of("Term"), next=_MAYBE_ADDRESS),
    }
