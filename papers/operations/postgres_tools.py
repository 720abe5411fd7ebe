"""PostgreSQL's own programs: write a dump, check it, restore it. No password on a command line."""

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from django.apps import apps
from django.db import connection

from papers.operations.errors import NoBackup

_MARK = b"papers_paper"


def dump(target: Path) -> None:
    """Write the database in PostgreSQL's custom format. Raise NoBackup."""
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def require_sound(file: Path) -> None:
    """Raise NoBackup unless the dump can be read to its end and has the tables of this site."""
    try:
        listed = _run("pg_restore", "--list", str(file))
        _run("pg_restore", f"--file={os.devnull}", str(file))  # decompresses everything
    except NoBackup as error:
        raise NoBackup(f"{file} is damaged or no dump: {error}") from None
    if _MARK not in listed:
        raise NoBackup(f"{file} is not a dump of this site.")


def restore(file: Path) -> None:
    """Replace the site's tables with those of the dump, in one transaction. Raise NoBackup.

    Tables that the dump lacks, from a newer release, go too: ``migrate`` makes them again.
    """
    drops = [f"DROP TABLE IF EXISTS {_quoted(name)} CASCADE;" for name in _tables()]
    connection.close()
    script = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--file=-"]
    psql = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", f"--output={os.devnull}"]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen([*script, str(file)], stdout=subprocess.PIPE, stderr=errors) as reading,
        subprocess.Popen(psql, stdin=subprocess.PIPE, stderr=errors, env=_environment()) as writing,
    ):
        with suppress(BrokenPipeError):
            _send(["BEGIN;", *drops], reading, writing)
        cast(IO[bytes], reading.stdout).close()  # so that pg_restore ends where psql has failed
        if reading.wait() or writing.wait():
            raise NoBackup(f"Nothing was restored: {_first_line(errors)}")


def _send(first: list[str], reading: subprocess.Popen, writing: subprocess.Popen) -> None:
    """Send the script to psql; commit only if it is whole."""
    script, psql = cast(IO[bytes], reading.stdout), cast(IO[bytes], writing.stdin)
    with psql:
        psql.write("\n".join(first).encode() + b"\n")
        shutil.copyfileobj(script, psql)
        if reading.wait() == 0:
            psql.write(b"\nCOMMIT;\n")


def _tables() -> list[str]:
    """Return the tables of the site's apps, known to this release or not."""
    prefixes = tuple(f"{one.label}_" for one in apps.get_app_configs()) + ("django_",)
    names = connection.introspection.table_names()
    return [name for name in names if name.startswith(prefixes)]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _first_line(errors: IO[bytes]) -> str:
    errors.seek(0)
    lines = errors.read(10_000).decode("utf-8", "replace").splitlines()
    return " ".join(lines[0].split())[:500] if lines else "it was not said why."


def _run(program: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            [program, *arguments], env=_environment(), capture_output=True, check=False
        )
    except OSError:
        raise NoBackup(f"{program} is not installed; install PostgreSQL's client.") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").split("\n")
        raise NoBackup(" ".join(lines[0].split())[:500] or f"{program} failed.")
    return done.stdout


def _environment() -> dict[str, str]:
    """Return the environment that names the site's database to PostgreSQL's programs."""
    settings = connection.settings_dict
    said = {
        "PGDATABASE": settings["NAME"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"]),
        "PGSSLMODE": settings["OPTIONS"].get("sslmode", ""),
        "PGSSLROOTCERT": settings["OPTIONS"].get("sslrootcert", ""),
    }
    return os.environ | {name: value for name, value in said.items() if value} | {"LC_ALL": "C"}
