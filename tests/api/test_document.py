"""The examples of docs/api.md, run against the sample that every checkout has."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.alike

ROOT = Path(settings.BASE_DIR)
EXAMPLE = re.compile(r"```http\nGET (\S+)\n```\n+```json\n(.*?)```", re.DOTALL)


@pytest.mark.usefixtures("sample")
def test_every_example_of_the_document_is_what_the_api_answers(client):
    examples = EXAMPLE.findall((ROOT / "docs/api.md").read_text("utf-8"))
    assert len(examples) >= 5
    for address, printed in examples:
        answer = client.get(address)
        wanted = json.loads(printed)
        assert answer.status_code == wanted.get("status", 200), address
        assert_says(answer.json(), wanted, address)


def assert_says(answer, wanted, where: str) -> None:
    """Whether the answer has everything that the document shows; "…" stands for anything."""
    if isinstance(wanted, dict):
        assert answer.keys() == wanted.keys(), where
        for name, value in wanted.items():
            assert_says(answer[name], value, f"{where} {name}")
    elif isinstance(wanted, list):
        shown = [one for one in wanted if one != "…"]
        assert len(answer) == len(wanted) or (len(shown) < len(wanted) < len(answer) + 1), where
        for said, one in zip(answer, shown, strict=False):
            assert_says(said, one, where)
    elif isinstance(wanted, str) and wanted.endswith("…"):
        assert str(answer).startswith(wanted[:-1]), where
    else:
        assert answer == wanted, where


@pytest.mark.usefixtures("sample")
def test_every_other_address_of_the_document_is_there(client):
    text = (ROOT / "docs/api.md").read_text("utf-8")
    addresses = re.findall(r"`(/[^`\s]+)`", text)
    assert len(addresses) > 10
    for address in addresses:
        assert client.get(address).status_code == 200, address
