"""The signed staff cookie: set in the admin, valid for one session, never without a signature."""

import datetime

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from tests.admin.conftest import paper_of
from tests.cast import ANCHOR, KITE
from tests.support import sign_in

pytestmark = [pytest.mark.usefixtures("small_site"), pytest.mark.alike]

PAGE = f"/papers/{KITE}/"
EDIT = "/admin/papers/paper/"
RIGHT = {"username": "ada", "password": "a lamp in every window"}


@pytest.fixture(autouse=True)
def ada(django_user_model):
    return django_user_model.objects.create_superuser(**RIGHT)


def sees_more(client: Client) -> bool:
    """Whether a public page is made for this visitor, with a link to the admin."""
    answer = client.get(PAGE)
    assert not answer.cookies
    is_made = "private" in answer.headers["Cache-Control"]
    assert is_made == (EDIT in answer.content.decode())
    return is_made


def with_cookies(**cookies: str) -> Client:
    client = Client()
    client.cookies.load(cookies)
    return client


def test_it_comes_with_signing_in_and_goes_with_signing_out(client):
    assert not sees_more(client)
    client.post("/admin/login/", RIGHT)
    assert sees_more(client)
    client.post("/admin/logout/")
    assert client.cookies["staff"].value == ""
    assert not sees_more(client)


def test_it_is_for_this_site_and_no_script_and_lasts_as_long_as_the_session(client, settings):
    settings.SESSION_COOKIE_SECURE = True
    client.post("/admin/login/", RIGHT)
    cookie, session = client.cookies["staff"], client.cookies["sessionid"]
    for name in ("max-age", "path", "domain", "secure", "httponly", "samesite"):
        assert cookie[name] == session[name]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert session.value not in cookie.value


def test_it_is_not_given_anew_with_every_page_of_the_admin(client, ada):
    sign_in(client, ada)
    assert "staff" not in client.get("/admin/papers/paper/").cookies


def test_whoever_lost_it_is_a_reader_on_public_pages_until_the_admin_gives_it_again(client, ada):
    sign_in(client, ada)
    del client.cookies["staff"]
    assert not sees_more(client)
    client.get("/admin/")
    assert sees_more(client)


def test_it_is_good_for_its_own_session_alone(client, ada, django_user_model):
    other = sign_in(Client(), django_user_model.objects.create_superuser("bo"))
    sign_in(client, ada)
    client.cookies["staff"] = other.cookies["staff"].value
    assert not sees_more(client)
    client.get("/admin/")
    assert sees_more(client)


def test_after_signing_out_what_somebody_kept_shows_no_more_than_readers_see(client, ada):
    sign_in(client, ada)
    kept = {name: client.cookies[name].value for name in ("sessionid", "staff")}
    paper = paper_of(ANCHOR)
    paper.hidden = True
    paper.save()
    client.post("/admin/logout/")
    thief = with_cookies(**kept)
    assert EDIT not in thief.get(PAGE).content.decode()
    assert thief.get(f"/papers/{ANCHOR}/").status_code == 404


def test_it_ends_with_the_session(client, ada):
    sign_in(client, ada)
    with time_machine.travel(datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE + 60)):
        assert not sees_more(with_cookies(**{n: one.value for n, one in client.cookies.items()}))


@pytest.mark.parametrize("value", ["", "1", "1:x:y", "1:1vMYkR:AAAA", "\xff", "x" * 4000])
def test_a_made_up_one_is_none(value):
    assert not sees_more(with_cookies(sessionid="x" * 32, staff=value))


def test_one_signed_for_another_secret_is_none(client, ada, settings):
    sign_in(client, ada)
    settings.SECRET_KEY = "another one"
    assert not sees_more(client)


def test_a_reader_with_a_session_gets_none(client, django_user_model):
    sign_in(client, django_user_model.objects.create_user("reader"))
    assert "staff" not in client.cookies
