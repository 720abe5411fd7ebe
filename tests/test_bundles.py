"""Bundles of stylesheets and scripts: they do what the small files do."""

import shutil
import subprocess

import pytest

from digest_site.bundles import CannotBundle, bundled_script, bundled_styles
from tests.support import missing

SCRIPTS = {
    "js/main.js": """\
import { start as count } from "./count.js";
import {
  start as name,
  word,
} from "./name.js";
import "./side.js";

console.log([count(), name(), word].join(" "));
""",
    "js/count.js": """\
import { add } from "./store.js";
const unit = 1;
export function start() {
  return add(unit);
}
""",
    "js/name.js": """\
import { add, Kept } from "./store.js";
const unit = 10;
export const word = new Kept().word;
export function start() {
  return add(unit);
}
export async function later() {
  return 0;
}
""",
    "js/side.js": 'import { add } from "./store.js";\nadd(100);\nconsole.log(add(0));\n',
    "js/store.js": """\
let sum = 0;
export function add(number) {
  return (sum += number);
}
export class Kept {
  word = "kept";
}
""",
}


def run(folder, name: str) -> str:
    node = shutil.which("node")
    if not node:
        missing("node")
    return subprocess.run(
        [node, "--experimental-default-type=module", folder / name],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_bundled_script_does_what_its_modules_do(tmp_path):
    for name, source in SCRIPTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(source, "utf-8")
    expected = run(tmp_path, "js/main.js")
    assert expected == "100\n101 111 kept\n"
    (tmp_path / "js/bundle.js").write_text(bundled_script("js/main.js", SCRIPTS.__getitem__))
    assert run(tmp_path, "js/bundle.js") == expected


def test_each_module_is_in_the_bundle_once():
    assert bundled_script("js/main.js", SCRIPTS.__getitem__).count("let sum = 0;") == 1


@pytest.mark.parametrize(
    "statement",
    [
        'import store from "./store.js";',
        'import * as store from "./store.js";',
        "export default 3;",
        'export { add } from "./store.js";',
        "export let open = true;",
        'import { add } from "https://example.org/add.js";',
    ],
)
def test_a_statement_that_a_bundle_cannot_express_is_an_error(statement):
    sources = SCRIPTS | {"js/side.js": f"{statement}\n"}
    with pytest.raises(CannotBundle, match=r"js/side\.js: a bundle cannot express"):
        bundled_script("js/main.js", sources.__getitem__)


def test_modules_that_import_each_other_are_an_error():
    sources = SCRIPTS | {"js/store.js": 'import { start } from "./count.js";\n'}
    with pytest.raises(CannotBundle, match=r"js/count\.js imports itself, by way of js/store\.js"):
        bundled_script("js/main.js", sources.__getitem__)


def test_a_bundled_stylesheet_has_all_rules_in_order():
    sources = {
        "css/site.css": '/* All. */\n@import "one.css";\n@import "two.css" print;\n',
        "css/one.css": "a { color: red }\n",
        "css/two.css": "a { color: black }\n",
    }
    assert bundled_styles("css/site.css", sources.__getitem__) == (
        "a { color: red }\n@media print {\na { color: black }\n}\n"
    )


def test_a_bundled_stylesheet_has_neither_comments_nor_indents():
    source = """/* The reader's
   page. */

.a,
.b {
  margin: 0  1px; /* little */
  grid-template-areas: "a   b"
    "/* c */  d";
}
"""
    assert bundled_styles("css/site.css", {"css/site.css": source}.__getitem__) == (
        '.a,\n.b {\nmargin: 0 1px;\ngrid-template-areas: "a   b"\n"/* c */  d";\n}\n'
    )


def test_an_import_that_a_bundled_stylesheet_cannot_express_is_an_error():
    sources = {"css/site.css": "@import url(one.css);\n"}
    with pytest.raises(CannotBundle, match=r"css/site\.css"):
        bundled_styles("css/site.css", sources.__getitem__)
