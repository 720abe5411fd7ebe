"""The importer without transactions, which the import tests must detect.

Every row is visible as soon as it is written.
"""

import sys

from django.db.backends.postgresql.features import DatabaseFeatures
from django.db.transaction import Atomic

from tests.faults import run_import

if __name__ == "__main__":
    vars_of = {"__enter__": lambda self: None, "__exit__": lambda self, *error: None}
    for name, nothing in vars_of.items():
        setattr(Atomic, name, nothing)
    # A row can be locked only within a transaction.
    DatabaseFeatures.has_select_for_update = False
    run_import.main(sys.argv)
