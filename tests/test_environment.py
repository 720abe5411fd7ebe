"""Environment variables: accepted values, and the messages for wrong ones."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from digest_site import environment

NAME = "DUIZHAO_TEST_VALUE"


@pytest.fixture
def say(monkeypatch):
    """Sets the variable; None takes it away."""

    def set_variable(value: str | None) -> None:
        if value is None:
            monkeypatch.delenv(NAME, raising=False)
        else:
            monkeypatch.setenv(NAME, value)

    set_variable(None)
    return set_variable


@pytest.mark.parametrize("value", ["1", "true", "Yes", "ON", " on "])
def test_a_switch_is_on(say, value):
    say(value)
    assert environment.boolean(NAME, default=False) is True


@pytest.mark.parametrize("value", ["0", "false", "No", "OFF", " off "])
def test_a_switch_is_off(say, value):
    say(value)
    assert environment.boolean(NAME, default=True) is False


@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_switch_that_nobody_set_has_its_default(say, value):
    say(value)
    assert environment.boolean(NAME, default=True) is True
    assert environment.boolean(NAME, default=False) is False


@pytest.mark.parametrize("value", ["maybe", "2", "onn", "-1"])
def test_a_switch_that_is_neither_on_nor_off_is_refused(say, value):
    say(value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be on or off.*{value}"):
        environment.boolean(NAME, default=True)


def test_one_of_some_words_is_taken_and_another_refused(say):
    assert environment.one_of(NAME, ["stderr", "stdout"]) == "stderr"
    say(" STDOUT ")
    assert environment.one_of(NAME, ["stderr", "stdout"]) == "stdout"
    say("syslog")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be stderr or stdout.*syslog"):
        environment.one_of(NAME, ["stderr", "stdout"])


def test_an_account_is_a_name_with_its_password(monkeypatch, tmp_path):
    assert environment.account("A_USER", "A_PASSWORD") is None
    monkeypatch.setenv("A_USER", "ada")
    with pytest.raises(ImproperlyConfigured, match="A_USER and A_PASSWORD must be set together"):
        environment.account("A_USER", "A_PASSWORD")
    (tmp_path / "password").write_text("in a file", "utf-8")
    monkeypatch.setenv("A_PASSWORD_FILE", str(tmp_path / "password"))
    assert environment.account("A_USER", "A_PASSWORD") == ("ada", "in a file")


@pytest.mark.parametrize(
    ("hosts", "listening"),
    [(["papers.example.org"], ""), (["*"], ""), (["localhost"], "0.0.0.0"), (["localhost"], "::")],
)
def test_debugging_is_refused_where_others_can_reach_the_site(monkeypatch, hosts, listening):
    monkeypatch.setenv("HOST", listening)
    with pytest.raises(ImproperlyConfigured, match="Set DEBUG=off"):
        environment.refuse_debugging_in_public(True, hosts)
    environment.refuse_debugging_in_public(False, hosts)


def test_debugging_is_allowed_on_ones_own_machine(monkeypatch):
    monkeypatch.setenv("HOST", "127.0.0.1")
    environment.refuse_debugging_in_public(True, ["localhost", "127.0.0.1", "[::1]"])


def test_names_are_separated_by_commas(say):
    assert environment.names(NAME, "localhost, 127.0.0.1") == ["localhost", "127.0.0.1"]
    say(" a.example , b.example,,")
    assert environment.names(NAME, "localhost") == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        (None, None, "http://127.0.0.1:8000"),
        ("", "", "http://127.0.0.1:8000"),
        ("0.0.0.0", "80", "http://0.0.0.0:80"),
        ("::1", "9000", "http://[::1]:9000"),
    ],
)
def test_the_site_listens_on_loopback_unless_told_otherwise(monkeypatch, host, port, address):
    for name, value in (("HOST", host), ("PORT", port)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert environment.listening_address() == address


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (None, "http://localhost:8000"),
        ("", "http://localhost:8000"),
        ("https://papers.example.org", "https://papers.example.org"),
        (" https://papers.example.org/ ", "https://papers.example.org"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_a_web_address_has_no_slash_at_its_end(say, value, address):
    say(value)
    assert environment.web_address(NAME, "http://localhost:8000") == address


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (None, ""),
        ("http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1"),
        ("http://localhost:8080/v1", "http://localhost:8080/v1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://api.example.org/v1", "https://api.example.org/v1"),
    ],
)
def test_an_endpoint_may_have_a_path(say, value, address):
    say(value)
    assert environment.endpoint(NAME) == address


@pytest.mark.parametrize(
    "value",
    [
        *("http://api.example.org/v1", "http://10.0.0.7:11434/v1", "http://localhost.example.org"),
        *("https://me:secret@api.example.org", "https://api.example.org/v1?key=secret"),
        *("ftp://127.0.0.1/v1", "api.example.org/v1", "https://", "http://[::1", "https://x/#y"),
        *("https://x:99999/v1", "https://x:port/v1"),
    ],
)
def test_an_endpoint_gets_its_key_over_https_only(say, value):
    say(value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be an https:// address") as error:
        environment.endpoint(NAME)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("value", "server"),
    [
        ("smtps://me:s%40cret@mail.example.org", ("mail.example.org", 465, "s@cret", False, True)),
        (
            "smtp+tls://me:secret@mail.example.org:25",
            ("mail.example.org", 25, "secret", True, False),
        ),
        ("smtp://127.0.0.1", ("127.0.0.1", 25, "", False, False)),
        ("smtp://me:secret@localhost:2525/", ("localhost", 2525, "secret", False, False)),
        ("smtp://relay", ("relay", 25, "", False, False)),
    ],
)
def test_a_mail_server_is_one_address(say, value, server):
    say(value)
    given = environment.mail_server(NAME)
    names = ("host", "port", "password", "use_tls", "use_ssl")
    assert tuple(given[name] for name in names) == server


@pytest.mark.parametrize(
    "value",
    [
        *("smtp://me:secret@mail.example.org", "mail.example.org:25", "https://mail.example.org"),
        *("smtps://", "smtps://mail.example.org/secret", "smtps://x:99999", "smtps://[::1"),
    ],
)
def test_a_mail_server_gets_its_password_encrypted_only(say, value):
    say(value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be like smtps://") as error:
        environment.mail_server(NAME)
    assert "me:secret" not in str(error.value)


def test_a_sender_is_an_address_perhaps_with_a_name(say):
    assert environment.mail_server(NAME) == {}
    assert environment.mail_sender(NAME) == ""
    for value in ("papers@example.org", "Papers <papers@example.org>"):
        say(value)
        assert environment.mail_sender(NAME) == value
    for value in ("papers", "Papers <papers>", "a@b@c", "<>"):
        say(value)
        with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be like papers@example.org"):
            environment.mail_sender(NAME)


def test_lists_by_mail_need_a_server_and_a_sender():
    server, sender = {"host": "127.0.0.1"}, "papers@example.org"
    environment.refuse_lists_without_mail(True, server, sender)
    environment.refuse_lists_without_mail(False, {}, "")
    for given in ((server, ""), ({}, sender)):
        with pytest.raises(
            ImproperlyConfigured, match="MAIL_LISTS is on and MAIL_URL or MAIL_FROM"
        ):
            environment.refuse_lists_without_mail(True, *given)


@pytest.mark.parametrize(
    ("value", "prices"),
    [(None, None), ("", None), ("0,0", (0.0, 0.0)), (" 0.27, 1.10 ", (0.27, 1.1))],
)
def test_prices_are_two_numbers(say, value, prices):
    say(value)
    assert environment.prices(NAME) == prices


@pytest.mark.parametrize("value", ["1", "1,2,3", "a,b", "-1,1", "1,inf", "nan,1", "1;2"])
def test_other_prices_are_refused(say, value):
    say(value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be two prices of a million"):
        environment.prices(NAME)


@pytest.mark.parametrize(
    "value",
    [
        *("papers.example.org", "ftp://papers.example.org", "https://", "//papers.example.org"),
        *("https://papers.example.org/path", "https://papers.example.org?q=1", "/papers"),
        *("https://papers.example.org#top", "https://[papers.example.org"),
    ],
)
def test_what_is_no_web_address_is_refused_with_an_example(say, value):
    say(value)
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.web_address(NAME, "http://localhost:8000")
    assert str(refused.value).startswith(f"{NAME} must be an address such as https://")
    assert value in str(refused.value)


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.45.0", False),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.53.4", True),
        ("4.0.0", True),
    ],
)
def test_write_ahead_logging_is_used_only_where_it_is_sound(version, sound):
    assert environment.wal_is_sound(tuple(int(part) for part in version.split("."))) is sound


def test_the_default_database_is_a_file_whose_folder_is_made(say, tmp_path):
    file = tmp_path / "data" / "duizhao.sqlite3"
    config = environment.database(NAME, file, tmp_path)
    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["NAME"] == str(file)
    assert file.parent.is_dir()
    assert not file.exists()


def test_a_relative_sqlite_file_stands_under_the_project(say, tmp_path):
    say("sqlite:///elsewhere/papers.sqlite3")
    config = environment.database(NAME, tmp_path / "default", tmp_path)
    assert config["NAME"] == str(tmp_path / "elsewhere" / "papers.sqlite3")
    assert (tmp_path / "elsewhere").is_dir()


def test_an_absolute_sqlite_file_stands_where_it_says(say, tmp_path):
    say(f"sqlite:///{tmp_path}/far/papers.sqlite3")
    config = environment.database(NAME, Path("default"), Path("/nowhere"))
    assert config["NAME"] == f"{tmp_path}/far/papers.sqlite3"


@pytest.mark.parametrize("value", ["sqlite://:memory:", "sqlite://"])
def test_a_database_in_memory_makes_no_folder(say, tmp_path, value):
    say(value)
    config = environment.database(NAME, tmp_path / "data" / "default", tmp_path)
    assert config["NAME"] == ":memory:"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("sound", "journal"), [(True, "WAL"), (False, "DELETE")])
def test_sqlite_is_opened_for_one_writer_and_many_readers(monkeypatch, tmp_path, sound, journal):
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.setattr(environment, "wal_is_sound", lambda version: sound)
    options = environment.database(NAME, tmp_path / "x", tmp_path)["OPTIONS"]
    assert f"PRAGMA journal_mode={journal};" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_taken_with_all_parts_of_its_address(say, tmp_path, scheme):
    say(f"{scheme}://ada:s%20cret@db.example:5433/papers?sslmode=require")
    config = environment.database(NAME, tmp_path / "x", tmp_path)
    assert config["ENGINE"] == "django.db.backends.postgresql"
    parts = (config["USER"], config["PASSWORD"], config["HOST"], config["PORT"], config["NAME"])
    assert parts == ("ada", "s cret", "db.example", 5433, "papers")
    assert config["OPTIONS"]["sslmode"] == "require"
    assert config["CONN_MAX_AGE"] > 60, "a connection for each request takes longer than a page"
    assert config["CONN_HEALTH_CHECKS"]


def test_a_host_that_is_gone_is_given_up_after_seconds_unless_the_address_says_otherwise(
    say, tmp_path
):
    say("postgres://ada@db.example/papers?tcp_user_timeout=0")
    options = environment.database(NAME, tmp_path / "x", tmp_path)["OPTIONS"]
    assert options["tcp_user_timeout"] == 0
    assert options["connect_timeout"] <= 5
    primary = environment.database(NAME, tmp_path / "x", tmp_path)
    [replica] = environment.replicas(NAME, primary).values()
    assert replica["OPTIONS"]["tcp_user_timeout"] == 0
    say("postgres://ada@db.example/papers")
    options = environment.database(NAME, tmp_path / "x", tmp_path)["OPTIONS"]
    assert 0 < options["tcp_user_timeout"] <= 10_000  # milliseconds


def test_replicas_beside_sqlite_are_refused(say, tmp_path):
    primary = environment.database("NOT_SET", tmp_path / "x", tmp_path)
    assert environment.replicas(NAME, primary) == {}
    say("postgres://ada@db.example/papers")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} needs a PostgreSQL in DATABASE_URL"):
        environment.replicas(NAME, primary)


def test_further_places_to_read_a_paper_are_names_and_addresses_with_its_id(say):
    assert environment.read_links(NAME) == []
    say("alphaXiv=https://alpha.example/abs/{id}, Mirror = https://m.example/?q={id}&x=1")
    assert environment.read_links(NAME) == [
        ("alphaXiv", "https://alpha.example/abs/{id}"),
        ("Mirror", "https://m.example/?q={id}&x=1"),
    ]
    for wrong in (
        "https://a.example/{id}",
        "A=https://a.example/",
        "A=javascript:{id}",
        "A=https://a/{id}{x}",
    ):
        say(wrong)
        with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be like alphaXiv="):
            environment.read_links(NAME)


def test_a_time_zone_that_does_not_exist_is_refused(say):
    assert environment.time_zone(NAME, default="Asia/Shanghai") == "Asia/Shanghai"
    say("Europe/Berlin")
    assert environment.time_zone(NAME, default="UTC") == "Europe/Berlin"
    for value in ("Mars/Base", "+08:00", "../etc/passwd"):
        say(value)
        with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be a time zone such as"):
            environment.time_zone(NAME, default="UTC")


def test_a_file_that_should_hold_a_secret_and_cannot_be_read_is_named(monkeypatch, tmp_path):
    for file, reason in ((tmp_path / "none", "No such file"), (tmp_path, "Is a directory")):
        monkeypatch.setenv(f"{NAME}_FILE", str(file))
        with pytest.raises(ImproperlyConfigured, match=f"{NAME}_FILE names {file}.*{reason}"):
            environment.env.str(NAME, default="")
    not_text = tmp_path / "key"
    not_text.write_bytes(b"\xff\xfe")
    monkeypatch.setenv(f"{NAME}_FILE", str(not_text))
    with pytest.raises(ImproperlyConfigured, match="not text in UTF-8"):
        environment.env.str(NAME, default="")


@pytest.mark.parametrize("program", ["manage.py prepare", "-m gunicorn"])
@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("TIME_ZONE=Mars/Base", "TIME_ZONE must be a time zone"),
        ("SECRET_KEY_FILE=/nowhere/key", "SECRET_KEY_FILE names /nowhere/key"),
        ("DATABASE_URL=sqlite:////proc/none/x.sqlite3", "The folder /proc/none"),
    ],
)
def test_a_wrong_setting_ends_every_program_with_one_sentence(program, setting, sentence):
    name, value = setting.split("=")
    ended = subprocess.run(
        [sys.executable, *program.split()],
        env={**os.environ, "DATABASE_URL": "", name: value},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith(sentence)


def test_a_database_that_does_not_answer_is_one_sentence():
    ended = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        env={**os.environ, "DATABASE_URL": "postgres://ada@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert ended.returncode == 1
    assert re.fullmatch("The database of DATABASE_URL cannot be used: .*refused.*\n", ended.stderr)


@pytest.mark.parametrize(
    "value",
    [
        *("mysql://user:secret@host/papers", "oracle://user:secret@host/papers", "papers.sqlite3"),
        *("nonsense://user:secret@x", "postgres://user:secret@host:port/papers"),
        "//user:secret@host/papers",
    ],
)
def test_another_database_is_refused_without_telling_its_password(say, recwarn, tmp_path, value):
    say(value)
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.database(NAME, tmp_path / "x", tmp_path)
    assert str(refused.value).startswith(f"{NAME} must be sqlite:///data/duizhao.sqlite3 or")
    assert not [said for said in (refused.value, *recwarn) if "secret" in str(said)]


def test_the_cache_is_this_process_unless_a_redis_is_named(say):
    assert environment.cache(NAME)["BACKEND"].endswith("LocMemCache")
    say("redis://127.0.0.1:6379/1")
    shared = environment.cache(NAME)
    assert shared["BACKEND"].endswith("RedisCache")
    assert shared["LOCATION"] == "redis://127.0.0.1:6379/1"


@pytest.mark.parametrize("value", ["memcached://host", "127.0.0.1:6379", "on", "redis://[host"])
def test_what_is_no_redis_is_refused(say, value):
    say(value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be redis://"):
        environment.cache(NAME)


def test_a_secret_of_the_environment_is_taken_and_no_file_is_made(say, tmp_path):
    say(" a-long-secret ")
    key = environment.secret_key(NAME, ["papers.example.org"], tmp_path / "key")
    assert key == "a-long-secret"
    assert list(tmp_path.iterdir()) == []


def test_a_loopback_site_makes_its_secret_once_and_keeps_it_to_itself(say, tmp_path):
    file = tmp_path / "data" / "secret_key"
    first = environment.secret_key(NAME, ["localhost", "127.0.0.1", "[::1]"], file)
    assert len(first) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert environment.secret_key(NAME, ["localhost"], file) == first
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def test_two_sites_have_two_secrets(say, tmp_path):
    keys = {environment.secret_key(NAME, ["localhost"], tmp_path / name) for name in "ab"}
    assert len(keys) == 2


def test_first_starts_at_the_same_moment_agree_on_one_secret(tmp_path):
    program = (
        "import pathlib, sys; from digest_site import environment;"
        f"print(environment.secret_key({NAME!r}, ['localhost'], pathlib.Path(sys.argv[1])))"
    )
    variables = {name: value for name, value in os.environ.items() if name != NAME}
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "key")],
            stdout=subprocess.PIPE,
            text=True,
            env=variables,
            cwd=Path(__file__).parents[1],
        )
        for _ in range(4)
    ]
    keys = {start.communicate(timeout=30)[0].strip() for start in starts}
    assert keys == {(tmp_path / "key").read_text().strip()}


@pytest.mark.parametrize(
    "hosts", [["papers.example.org"], ["localhost", "papers.example.org"], ["*"]]
)
def test_a_site_for_other_hosts_stops_without_a_secret(say, tmp_path, hosts):
    with pytest.raises(ImproperlyConfigured, match=re.escape(f"Set {NAME} to a long random text")):
        environment.secret_key(NAME, hosts, tmp_path / "key")
    assert list(tmp_path.iterdir()) == []
