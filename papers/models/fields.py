"""A model field and a file storage. Migrations import both, so do not rename or move them."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models

from digest_site import private


class ByteOrderedCharField(models.CharField):
    """A ``CharField`` that is sorted and compared byte by byte.

    SQLite does so by default. PostgreSQL needs the collation "C"; its default collation may follow
    the rules of a human language.
    """

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def uploads_folder() -> Storage:
    """Return the storage for uploads, a private folder: it has no URL and is never served."""
    return FileSystemStorage(
        settings.UPLOADS_DIR,
        file_permissions_mode=private.FILE,
        directory_permissions_mode=private.FOLDER,
    )
