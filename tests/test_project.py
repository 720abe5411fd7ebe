"""The repository agrees with itself: commands, documents, paths, translations, migrations."""

import pkgutil
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command, get_commands

ROOT = Path(settings.BASE_DIR)
OUR_COMMANDS = sorted(name for name, app in get_commands().items() if app == "papers")

# Documents that name paths of the checkout. The changelog may name removed files.
DOCUMENTS = [
    *(file for file in sorted(ROOT.glob("*.md")) if file.name != "CHANGELOG.md"),
    *sorted(ROOT.glob("docs/*.md")),
    *sorted(file for file in ROOT.glob("deploy/*") if file.is_file()),
    *(ROOT / name for name in ("Makefile", "pyproject.toml", ".env.example")),
]
FOLDERS = "bench|deploy|digest_site|docs|papers|static|templates|tests|tools"
MADE_BY_OPERATORS = {"deploy/.env"}
A_PATH = re.compile(rf"(?<![\w./-])(?:{FOLDERS})/[\w*./-]*[\w*]")
A_FILE = re.compile(r"`([\w./-]+\.(?:py|js|css|html))`")
A_LINK = re.compile(r"\]\(([\w./-]+)(?:#[\w-]+)?\)")
A_MODULE = re.compile(rf"`((?:{FOLDERS})(?:\.[a-z_]\w*)+)`")
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)


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


@pytest.fixture(scope="module")
def files() -> set[str]:
    """Every file of the checkout that a document may quote."""
    found = (file for folder in FOLDERS.split("|") for file in (ROOT / folder).rglob("*.*"))
    return {file.relative_to(ROOT).as_posix() for file in (*found, *ROOT.glob("*.py"))}


@every_document
def test_every_path_that_a_document_names_exists(document):
    named = set(A_PATH.findall(document.read_text("utf-8"))) - MADE_BY_OPERATORS
    assert [path for path in sorted(named) if not any(ROOT.glob(path))] == []


@every_document
def test_every_file_that_a_document_quotes_exists(document, files):
    """Also by the end of its path, as ``lists/counts.py`` or ``main.js``."""
    named = set(A_FILE.findall(document.read_text("utf-8")))
    assert [
        name for name in sorted(named) if not any(f"/{file}".endswith(f"/{name}") for file in files)
    ] == []


@every_document
def test_every_module_that_a_document_quotes_can_be_imported(document):
    for name in A_MODULE.findall(document.read_text("utf-8")):
        assert pkgutil.resolve_name(name)


@every_document
def test_every_link_between_documents_leads_somewhere(document):
    targets = A_LINK.findall(document.read_text("utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_line_of_a_template_can_be_read_on_a_screen():
    lines = {
        f"{file.relative_to(ROOT)}:{number}": len(line)
        for file in (ROOT / "templates").rglob("*.*")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
    }
    assert {place: length for place, length in lines.items() if length > 200} == {}
