"""The errors of fetching, each with one sentence for people."""


class FetchFailed(Exception):
    """Nothing was fetched and what was fetched before is kept. The message is one line."""
