"""What migrations name: a kind of column and a storage. They keep their names and this place."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models

from digest_site import private


class ByteOrderedCharField(models.CharField):
    """A ``CharField`` compared byte by byte.

    SQLite does so by itself; PostgreSQL sorts by the rules of a human language unless told not to.
    """

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def uploads_folder() -> Storage:
    """Beside the database and not below any address: nobody is served from it."""
    return FileSystemStorage(
        settings.UPLOADS_DIR,
        file_permissions_mode=private.FILE,
        directory_permissions_mode=private.FOLDER,
    )
