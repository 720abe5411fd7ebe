"""A text column that sorts alike on both databases."""

from django.db import models


class ByteOrderedCharField(models.CharField):
    """A ``CharField`` compared byte by byte.

    SQLite does so by itself; PostgreSQL sorts by the rules of a human language unless told not to.
    """

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
