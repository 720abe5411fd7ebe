"""Read-only tools for language models: the Model Context Protocol over HTTP.

``tools.py`` has the tools, ``protocol.py`` the messages. Specification:
https://modelcontextprotocol.io/specification/2025-06-18/basic/transports. The server keeps no
session: each request is answered from itself alone.
"""
