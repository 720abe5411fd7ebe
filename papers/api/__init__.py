"""The read-only JSON API.

``serializers.py`` turns papers and topics into JSON, ``params.py`` checks query strings,
``views.py`` answers requests, and ``openapi.py`` describes the API.
"""
