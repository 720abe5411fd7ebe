"""A publisher's archive at an https address: downloaded when it has changed, bounded."""

import hashlib
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from digest_site.private import make_file, make_folder
from papers.publishers.address import check_address
from papers.publishers.allowance import MAX_BYTES, MAX_SECONDS, MAX_SILENCE
from papers.publishers.errors import FetchFailed
from papers.publishers.git import Progress

_AT_ONCE = 2**20  # bytes


class _NeverToOthers(urllib.request.HTTPRedirectHandler):
    """Follow redirects to https alone."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if urlsplit(newurl).scheme != "https":
            raise FetchFailed("it redirects to an address that is not https.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(frozen=True)
class Download:
    """An archive at ``address``, kept as one file in ``folder``."""

    folder: Path
    address: str

    def update(self, progress: Progress = lambda size: None) -> None:
        """Download the archive. Raise FetchFailed or AddressRefused."""
        check_address(self.address)
        make_folder(self.folder.parent)
        make_folder(self.folder)
        draft = self.folder / "archive.part"
        draft.unlink(missing_ok=True)
        make_file(draft)
        try:
            with _open(self.address) as answer, draft.open("wb") as file:
                _copy(answer, file, progress)
            os.replace(draft, self._file)
        except (urllib.error.URLError, HTTPException, TimeoutError) as error:
            raise FetchFailed(f"no answer from its host: {_reason(error)}.") from None
        finally:
            draft.unlink(missing_ok=True)

    def revision(self) -> str:
        """Return the hash of the archive on the disk; empty if there is none."""
        if not self._file.is_file():
            return ""
        with self._file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def changed_since(self, revision: str) -> list[str]:
        """Return the archive: the import knows its unchanged digests by their hash."""
        return [str(self._file)]

    @property
    def _file(self) -> Path:
        return self.folder / "archive"


def _open(address: str) -> IO[bytes]:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.FileHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _NeverToOthers(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(address, headers={"User-Agent": "Duizhao"})
    return opener.open(request, timeout=MAX_SILENCE)


def _copy(answer: IO[bytes], file: IO[bytes], progress: Progress) -> None:
    deadline = time.monotonic() + MAX_SECONDS
    size = 0
    while content := answer.read(_AT_ONCE):
        size += len(content)
        progress(size)
        if size > MAX_BYTES:
            raise FetchFailed(f"larger than {MAX_BYTES / 2**30:g} GB; it was given up.")
        if time.monotonic() > deadline:
            raise FetchFailed(f"not complete after {MAX_SECONDS / 60:g} minutes; it was given up.")
        file.write(content)


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"status {error.code}"
    return str(getattr(error, "reason", error) or type(error).__name__)[:200]
