"""Strict readers of environment variables.

A wrong value stops the start with a message that names the expected values.
"""

import ipaddress
import os
import secrets
import sqlite3
import zoneinfo
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.utils import get_random_secret_key
from django.core.validators import validate_email

from digest_site.private import PrivateConnection, make_folder

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}  # plain, STARTTLS, TLS from the start


class Environment(environ.FileAwareEnv):
    """The environment, where ``NAME_FILE`` may name a file that holds the value of ``NAME``."""

    def get_value(self, var, *args, **kwargs):
        try:
            return super().get_value(var, *args, **kwargs)
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
            raise ImproperlyConfigured(
                f"{var}_FILE names {os.environ.get(f'{var}_FILE')}, which cannot be read: {reason}."
            ) from None


env = Environment()


def boolean(name: str, default: bool) -> bool:
    """Return the value of ``1/true/yes/on`` or ``0/false/no/off``; refuse anything else."""
    value = env.str(name, default="").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be on or off, not {value!r}.")


def whole_number(name: str, default: int, most: int, least: int = 0) -> int:
    """Return a number from ``least`` to ``most``; ``off`` is 0."""
    value = env.str(name, default="").strip().lower()
    if not value:
        return default
    number = "0" if value == "off" else value
    if number.isascii() and number.isdigit() and least <= int(number) <= most:
        return int(number)
    raise ImproperlyConfigured(
        f"{name} must be a whole number from {least} to {most}, not {value!r}."
    )


def one_of(name: str, words: list[str]) -> str:
    """Return one of the words; the first is the default."""
    value = env.str(name, default="").strip().lower() or words[0]
    if value in words:
        return value
    raise ImproperlyConfigured(f"{name} must be {' or '.join(words)}, not {value!r}.")


def names(name: str, default: str) -> list[str]:
    """Return a list of names separated by commas."""
    return [part.strip() for part in env.str(name, default=default).split(",") if part.strip()]


def account(user: str, password: str) -> tuple[str, str] | None:
    """Return a name and its password, each from a variable; None if neither is set."""
    found = env.str(user, default="").strip(), env.str(password, default="")
    if all(found):
        return found
    if any(found):
        raise ImproperlyConfigured(f"{user} and {password} must be set together, or neither.")
    return None


def listening_address() -> str:
    """Return the address that ``make serve`` listens on, from HOST and PORT."""
    host = env.str("HOST", default="") or "127.0.0.1"
    port = whole_number("PORT", default=8000, most=65535, least=1)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def listens_on_loopback() -> bool:
    """Return whether only this machine can connect. Others then come through a reverse proxy."""
    return (env.str("HOST", default="") or "127.0.0.1") in {"localhost", "127.0.0.1", "::1"}


def is_public(allowed_hosts: list[str]) -> bool:
    """Return whether ALLOWED_HOSTS has names besides those of the local machine."""
    return not LOOPBACK_HOSTS.issuperset(allowed_hosts)


def refuse_debugging_in_public(debug: bool, allowed_hosts: list[str]) -> None:
    """Refuse DEBUG on a public site: debug pages show settings and code to every visitor."""
    if debug and (is_public(allowed_hosts) or not listens_on_loopback()):
        raise ImproperlyConfigured(
            "DEBUG is on and other hosts can reach the site: they would see code and settings. "
            "Set DEBUG=off, or limit ALLOWED_HOSTS and HOST to this machine."
        )


def web_address(name: str, default: str) -> str:
    """Return an ``http://`` or ``https://`` address without a trailing slash."""
    value = (env.str(name, default="").strip() or default).rstrip("/")
    parts = _split(value)
    beyond = parts.path or parts.query or parts.fragment or not _has_sound_port(parts)
    if parts.scheme not in {"http", "https"} or not parts.netloc or beyond:
        raise ImproperlyConfigured(
            f"{name} must be an address such as https://papers.example.org, not {value!r}."
        )
    return value


def endpoint(name: str) -> str:
    """Return the base address of an endpoint without a trailing slash; empty if it is not set.

    It gets a secret key, so plain ``http`` is accepted on this machine's loopback interface only.
    """
    value = env.str(name, default="").strip().rstrip("/")
    parts = _split(value)
    beyond = parts.query or parts.fragment or "@" in parts.netloc or not _has_sound_port(parts)
    schemes = {"https", "http"} if is_loopback(parts) else {"https"}
    if value and (beyond or not parts.hostname or parts.scheme not in schemes):
        raise ImproperlyConfigured(
            f"{name} must be an https:// address such as https://api.example.org/v1, or an "
            "http:// address on this machine such as http://127.0.0.1:11434/v1, without user, "
            "password and query."
        )
    return value


def is_loopback(parts: SplitResult) -> bool:
    """Return whether an address is on this machine's loopback interface."""
    if parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _has_sound_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def prices(name: str) -> tuple[float, float] | None:
    """Return the prices of a million tokens sent and a million received; None if not set."""
    value = env.str(name, default="").strip()
    if not value:
        return None
    try:
        sent, received = map(float, value.split(","))
    except ValueError:
        sent = received = -1.0
    if not (0 <= sent < float("inf") and 0 <= received < float("inf")):
        raise ImproperlyConfigured(
            f"{name} must be two prices of a million tokens, sent and received, such as 0.27,1.10, "
            f"not {value!r}."
        )
    return sent, received


def mail_server(name: str) -> dict[str, Any]:
    """Return the arguments of Django's connection to a mail server; none if it is not set.

    A password is sent to this machine's loopback interface or encrypted.
    """
    value = env.str(name, default="").strip().rstrip("/")
    if not value:
        return {}
    parts = _split(value)
    beyond = parts.path or parts.query or parts.fragment or not _has_sound_port(parts)
    is_open = parts.scheme == "smtp" and parts.password and not is_loopback(parts)
    if parts.scheme not in MAIL_PORTS or not parts.hostname or beyond or is_open:
        raise ImproperlyConfigured(
            f"{name} must be like smtps://user:password@mail.example.org, "
            "smtp+tls://user:password@mail.example.org:587 (STARTTLS), or without a password "
            "smtp://127.0.0.1:25; special characters of a password are written as in %40."
        )
    return {
        "host": parts.hostname,
        "port": parts.port or MAIL_PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 20,  # seconds for each answer
    }


def mail_sender(name: str) -> str:
    """Return the address that mail comes from, perhaps with a name; empty if it is not set."""
    value = env.str(name, default="").strip()
    try:
        if value:
            validate_email(parseaddr(value)[1])
    except ValidationError:
        raise ImproperlyConfigured(
            f"{name} must be like papers@example.org or Papers <papers@example.org>, not {value!r}."
        ) from None
    return value


def refuse_lists_without_mail(is_on: bool, server: dict, sender: str) -> None:
    """Refuse MAIL_LISTS without what it needs: readers would wait for mail that is never sent."""
    if is_on and not (server and sender):
        raise ImproperlyConfigured(
            "MAIL_LISTS is on and MAIL_URL or MAIL_FROM is not set: set both (docs/operating.md), "
            "or MAIL_LISTS=off."
        )


def read_links(name: str) -> list[tuple[str, str]]:
    """Return further places to read a paper: pairs of a name and an address with ``{id}``."""
    found = []
    for link in names(name, default=""):
        said, _, address = (part.strip() for part in link.partition("="))
        rest = address.replace("{id}", "", 1)
        parts = _split(rest)
        if not said or rest == address or set("{}") & set(rest) or parts.scheme != "https":
            raise ImproperlyConfigured(
                f"{name} must be like alphaXiv=https://www.alphaxiv.org/abs/{{id}}, several "
                f"separated by commas, not {link!r}."
            )
        found.append((said, address))
    return found


def time_zone(name: str, default: str) -> str:
    """Return the name of a time zone of the IANA database."""
    value = env.str(name, default="").strip() or default
    if value not in zoneinfo.available_timezones():
        raise ImproperlyConfigured(
            f"{name} must be a time zone such as Asia/Shanghai or UTC, not {value!r}."
        )
    return value


def _split(value: str) -> SplitResult:
    """Return the parts of an address; empty parts if it cannot be parsed."""
    try:
        return urlsplit(value)
    except ValueError:
        return urlsplit("")


def database(name: str, default_file: Path, base: Path) -> dict:
    """Return Django's settings for the database at the address in the variable ``name``."""
    value = env.str(name, default="").strip() or f"sqlite:///{default_file}"
    if _split(value).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(_not_a_database(name))
    try:
        config = environ.Env.db_url_config(value)
    except Exception as error:
        raise ImproperlyConfigured(_not_a_database(name)) from error
    if config.get("ENGINE") == "django.db.backends.sqlite3":
        return _sqlite(config, base)
    if config.get("ENGINE") == "django.db.backends.postgresql":
        return _postgres(config, silent_for=10)  # seconds; a slow disk may delay a COPY for some
    raise ImproperlyConfigured(_not_a_database(name))


def _postgres(config: dict, silent_for: int) -> dict:
    """Return settings with persistent connections, which are checked before each use.

    The check keeps a connection that died with a server restart from causing an error page. A host
    that is gone is given up: a new connection after three seconds, an open one after ``silent_for``
    seconds. The defaults would wait for minutes. Options in the address override these.
    """
    config["CONN_MAX_AGE"] = 600
    config["CONN_HEALTH_CHECKS"] = True
    config["OPTIONS"] = {
        "connect_timeout": 3,
        "tcp_user_timeout": silent_for * 1000,  # ms until sent data must be acknowledged
        "keepalives_idle": silent_for // 2,  # seconds of silence while waiting for an answer
        "keepalives_interval": 1,
        "keepalives_count": silent_for // 2,
    } | config.get("OPTIONS", {})
    return config


def replicas(name: str, primary: dict) -> dict[str, dict]:
    """Return Django's settings for the read-only replicas, named ``replica-1``, ``replica-2`` …"""
    found = {}
    if names(name, default="") and primary["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            f"{name} needs a PostgreSQL in DATABASE_URL: an SQLite database has no replicas."
        )
    for number, value in enumerate(names(name, default=""), start=1):
        if _split(value).scheme not in {"postgres", "postgresql"}:
            raise ImproperlyConfigured(
                f"{name} must be postgres://user:password@host:5432/name, several separated by "
                f"commas, not {value!r}."
            )
        config = _postgres(environ.Env.db_url_config(value), silent_for=4)
        found[f"replica-{number}"] = config | {"TEST": {"MIRROR": "default"}}
    return found


def _not_a_database(name: str) -> str:
    return (
        f"{name} must be sqlite:///data/duizhao.sqlite3 or "
        "postgres://user:password@host:5432/name; other databases are not supported."
    )


def _sqlite(config: dict, base: Path) -> dict:
    if config["NAME"] != ":memory:":
        path = base / config["NAME"]
        _make_data_folder(path.parent)
        config["NAME"] = str(path)
    journal = "WAL" if wal_is_sound(sqlite3.sqlite_version_info) else "DELETE"
    config["CONN_MAX_AGE"] = 600  # opening the file takes longer than rendering an empty page
    config["OPTIONS"] = {
        "factory": PrivateConnection,
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"
        ),
    }
    return config


def _make_data_folder(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {folder} for the site's data cannot be made: {error.strerror}."
        ) from None


def wal_is_sound(version: tuple[int, int, int]) -> bool:
    """Return whether this SQLite has the fix of the WAL-reset race (3.51.3, 3.50.7, 3.44.6)."""
    fixed_branches = {(3, 50): 7, (3, 44): 6}
    return version >= (3, 51, 3) or version[2] >= fixed_branches.get(version[:2], 10**6)


def cache(name: str) -> dict:
    """Return Django's settings for the shared cache; the default is this process's own memory."""
    value = env.str(name, default="").strip()
    if not value:
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 500},  # pages of about 15 kB each
        }
    if _split(value).scheme not in {"redis", "rediss"}:
        raise ImproperlyConfigured(f"{name} must be redis://host:6379/0, not {value!r}.")
    return {
        "BACKEND": "papers.http.redis_cache.ForgivingRedisCache",
        "LOCATION": value,
        "OPTIONS": {"socket_connect_timeout": 0.25, "socket_timeout": 0.25},  # seconds
    }


def secret_key(name: str, allowed_hosts: list[str], key_file: Path) -> str:
    """Return the secret from the environment.

    A site on the loopback interface only may omit it; one is then generated and kept in
    ``key_file``.
    """
    value = env.str(name, default="").strip()
    if value:
        return value
    if is_public(allowed_hosts):
        raise ImproperlyConfigured(
            f"Set {name} to a long random text before opening the site to other hosts: "
            'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return _kept_key(key_file)


def _kept_key(key_file: Path) -> str:
    _make_data_folder(key_file.parent)
    draft = key_file.with_name(f"{key_file.name}.{secrets.token_hex(4)}")
    if not key_file.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(get_random_secret_key())
        try:
            os.link(
                draft, key_file
            )  # if two processes start at once, both read the key of the first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return key_file.read_text(encoding="ascii").strip()
