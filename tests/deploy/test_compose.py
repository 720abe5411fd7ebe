"""The compose file: what each container may do and which services it reaches."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

SERVICES = yaml.safe_load((Path(settings.BASE_DIR) / "deploy/compose.yaml").read_text("utf-8"))
EACH = sorted(SERVICES["services"])


def service(name: str) -> dict:
    return SERVICES["services"][name]


@pytest.mark.parametrize("name", EACH)
def test_a_container_cannot_change_its_own_files(name):
    assert service(name)["read_only"] is True


@pytest.mark.parametrize("name", EACH)
def test_a_container_has_no_rights_of_root_and_gains_none(name):
    assert service(name)["cap_drop"] == ["ALL"]
    assert service(name)["security_opt"] == ["no-new-privileges:true"]
    allowed = {"CHOWN", "SETGID", "SETUID"} if name == "front" else set()
    assert set(service(name).get("cap_add", [])) == allowed


@pytest.mark.parametrize("name", ["web", "daily", "daily-scaled", "node1", "node2"])
def test_the_site_gets_every_setting_of_the_operator_and_listens_where_it_is_asked(name):
    assert service(name)["env_file"] == ".env"
    listening = {"HOST": "0.0.0.0", "PORT": "8000"}  # PORT in .env is the machine's
    assert listening.items() <= service(name)["environment"].items()


@pytest.mark.parametrize("name", ["daily", "daily-scaled"])
def test_digests_that_arrive_are_imported_and_backups_are_kept_outside(name):
    assert service(name)["command"] == ["daily", "/digests"]
    assert service(name)["environment"]["BACKUP_DIR"] == "/backups"
    targets = {volume.rsplit("}:")[-1] for volume in service(name)["volumes"]}
    assert {"/digests:ro", "/backups"} <= targets


@pytest.mark.parametrize("name", ["primary", "replica", "redis"])
def test_database_and_cache_are_reached_by_the_site_alone(name):
    assert service(name)["networks"] == ["data"]
    assert "ports" not in service(name)
    assert SERVICES["networks"]["data"] == {"internal": True}


def test_the_front_reaches_neither_database_nor_cache():
    assert service("front")["networks"] == ["front"]


def test_redis_wants_a_password_and_the_site_gives_it():
    assert "requirepass" in service("redis")["command"][-1]
    assert "REDIS_PASSWORD" not in " ".join(service("redis")["command"][:-1])
    assert "REDIS_PASSWORD" in service("node1")["environment"]["CACHE_URL"]


@pytest.mark.parametrize("name", ["primary", "replica", "redis", "front"])
def test_what_others_depend_on_says_whether_it_is_well(name):
    assert service(name)["healthcheck"]["test"]
