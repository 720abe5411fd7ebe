"""Request bodies: small forms for the admin, curators' uploads; no others are read."""

import http.client
import io
import re
from contextlib import closing

import pytest
from django.test import Client

from tests.security.serving import manage, serving
from tests.security.test_headers import guarded

pytestmark = pytest.mark.alike

UPLOAD = "/admin/papers/upload/add/"
MB = 2**20


class Untouched(io.RawIOBase):
    """A body that must not be read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("The body was read.")

    readline = read


def post(path: str, length: int, client: Client | None = None, kind: str = "multipart/form-data"):
    """A form of so many bytes, of which none may be read."""
    client = client or Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    return client.generic("POST", path, **brought(Untouched(), length, kind))


def brought(body: io.RawIOBase, length: int, kind: str = "multipart/form-data") -> dict:
    return {
        "wsgi.input": body,
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": f"{kind}; boundary=x",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/papers/", "/nothing/", "/language?lang=zh", "/suggest"])
@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_outside_the_admin_no_body_is_read(path, kind):
    answer = post(path, 1000, kind=kind)
    assert answer.status_code in (403, 404, 405)
    guarded(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/admin/login/", "/admin/papers/paper/1/change/"])
def test_a_form_of_more_than_a_megabyte_is_refused(path, admin_client):
    for client in (Client(), admin_client):
        answer = post(path, MB + 1, client)
        assert answer.status_code == 413
        assert "内容过大" in answer.content.decode()
        guarded(answer)


@pytest.mark.django_db
def test_of_a_form_for_mail_only_a_small_one_is_read(admin_client, settings):
    settings.MAIL_LISTS = True
    for client in (Client(enforce_csrf_checks=True), admin_client):
        for length in (64 * 1024 + 1, MB):
            assert post("/mail/", length, client).status_code == 403
        assert post("/mail/", MB + 1, client).status_code == 413
    with pytest.raises(AssertionError, match="was read"):
        post("/mail/", 64 * 1024)


def test_an_upload_may_have_what_the_admin_takes_and_no_more(admin_client):
    assert post(UPLOAD, 17 * MB + 1, admin_client).status_code == 413
    with pytest.raises(AssertionError, match="was read"):
        post(UPLOAD, 16 * MB + 1000, admin_client)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/login/", UPLOAD, "/admin/"])
@pytest.mark.parametrize("session", ["", "made-up"])
def test_of_a_stranger_only_a_small_form_is_read(path, session, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    stranger = Client(enforce_csrf_checks=True)
    if session:
        stranger.cookies["sessionid"] = session
    for length in (64 * 1024 + 1, MB):
        answer = post(path, length, stranger)
        assert answer.status_code == 403
        assert "Sign in to send" in answer.content.decode()
        guarded(answer)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_with_an_account_and_no_rights_is_a_stranger(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader"))
    assert post(UPLOAD, MB, client).status_code == 403


def test_a_form_that_breaks_off_is_no_fault_of_ours(admin_client):
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise ConnectionResetError

        readline = read

    answer = admin_client.generic("POST", UPLOAD, **brought(Broken(), 1000))
    assert answer.status_code == 408
    guarded(answer)


class Admin:
    """A curator's browser before the real server."""

    HEADERS = {
        "Host": "papers.example.org",
        "X-Forwarded-Proto": "https",
        "Referer": "https://papers.example.org/admin/",
    }

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = self.HEADERS | {"Cookie": cookies} | ({"Content-Type": kind} if kind else {})
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode()

    def token(self, path: str) -> str:
        return re.search('csrfmiddlewaretoken" value="(.*?)"', self.ask("GET", path)[1])[1]

    def sign_in(self) -> None:
        form = f"csrfmiddlewaretoken={self.token('/admin/login/')}&username=ada&password=secret"
        kind = "application/x-www-form-urlencoded"
        assert self.ask("POST", "/admin/login/", form.encode(), kind)[0] == 302

    def upload(self, size: int) -> int:
        parts = {
            'name="csrfmiddlewaretoken"': self.token(UPLOAD).encode(),
            'name="file"; filename="digest.md"': b"a" * size,
        }
        body = b"".join(
            f"--x\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode() + value + b"\r\n"
            for name, value in parts.items()
        )
        return self.ask("POST", UPLOAD, body + b"--x--\r\n", "multipart/form-data; boundary=x")[0]


def test_a_curator_signs_in_and_uploads_a_long_file_to_the_real_server(tmp_path):
    uploads = tmp_path / "uploads"
    with serving(tmp_path, UPLOADS_DIR=str(uploads)) as site:
        account = {
            "DATABASE_URL": f"sqlite:///{tmp_path}/duizhao.sqlite3",
            "DJANGO_SUPERUSER_PASSWORD": "secret",
        }
        made = manage(
            *("createsuperuser", "--noinput", "--username=ada", "--email=a@example.org"), **account
        )
        assert made.returncode == 0, made.stderr
        admin = Admin(site.port)
        assert (
            admin.ask("POST", UPLOAD, b"a" * 3 * 2**20, "multipart/form-data; boundary=x")[0] == 403
        )
        admin.sign_in()
        assert admin.upload(3 * 2**20) == 302
    assert [file.stat().st_size for file in uploads.glob("*/*.md")] == [3 * 2**20]
