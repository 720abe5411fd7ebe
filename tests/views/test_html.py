"""All pages pass the W3C's HTML checker."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.support import missing
from tests.views.conftest import EXPLAINED
from tests.views.test_site import PAGES

CHECKER = Path(settings.BASE_DIR) / ".tools/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.mark.alike
@pytest.mark.usefixtures("sample")
def test_every_page_is_valid_html(read, tmp_path):
    if not (CHECKER.is_file() and shutil.which("java")):
        missing("no HTML checker; `make ci-tools` installs it")
    queries = {
        "en": {"lang": "en"},
        "both": {"lang": "both", "zh": "wrong", "per": "50"},
        "selection": {"id": [EXPLAINED, "nonsense"]},
    }
    for number, path in enumerate([*PAGES, "/nothing/"]):
        for name, query in queries.items():
            source = read(path, **query).source
            (tmp_path / f"{number}-{name}.html").write_text(source, "utf-8")
    checked = subprocess.run(
        ["java", "-jar", CHECKER, "--errors-only", tmp_path], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
