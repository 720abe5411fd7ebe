"""The checkout keeps its promises about itself."""

from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command, get_commands

ROOT = Path(settings.BASE_DIR)
OUR_COMMANDS = sorted(name for name, app in get_commands().items() if app == "papers")


@pytest.mark.parametrize("command", OUR_COMMANDS)
def test_every_command_is_in_the_operators_guide(command):
    assert f"`{command}" in (ROOT / "docs/operating.md").read_text("utf-8")


@pytest.mark.parametrize("command", OUR_COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command(command, "--help")
    assert stopped.value.code == 0
    assert len(capsys.readouterr().out) > 300


def test_the_interface_is_wholly_translated():
    for source in ROOT.glob("papers/locale/*/LC_MESSAGES/django.po"):
        catalogue = polib.pofile(str(source))
        assert catalogue.untranslated_entries() == []
        assert catalogue.fuzzy_entries() == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_line_of_a_template_can_be_read_on_a_screen():
    lines = {
        f"{file.relative_to(ROOT)}:{number}": len(line)
        for file in (ROOT / "templates").rglob("*.*")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
    }
    assert {place: length for place, length in lines.items() if length > 200} == {}
