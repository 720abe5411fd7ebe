"""Bundles: one stylesheet and one script made of many small files, without their comments.

The small files are the source, and a browser can load them as they are: a stylesheet imports the
others with ``@import``, a script with ``import``. ``collectstatic`` puts their content in the place
of these statements, so that a page needs one request for each kind. Only the forms of ``import``
and ``export`` that the patterns below describe are understood; others raise ``CannotBundle``.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

Read = Callable[[str], str]

_STYLE_IMPORT = re.compile(
    r'^@import "(?P<name>[\w-]+\.css)"(?: (?P<media>[^;]+))?;$', re.MULTILINE
)
_SCRIPT_IMPORT = re.compile(
    r'^import (?:\{(?P<names>[^}]*)\} from )?"\./(?P<name>[\w/-]+\.js)";$', re.MULTILINE
)
_EXPORT = re.compile(
    r"^export (?P<kind>(?:async )?function|const|class) (?P<name>\w+)", re.MULTILINE
)
_LEFT_OVER = re.compile(r"^(?:import|export|@import)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)
_STRING_OR_SPACE = re.compile(r'"[^"\n]*"|(?:\s|/\*.*?\*/)+', re.DOTALL)
_RENAMED = re.compile(r"(\w+)\s+as\s+(\w+)")


class CannotBundle(Exception):
    """A file has a statement that a bundle cannot express. The message names both."""


def bundled_styles(name: str, read: Read) -> str:
    """Return the stylesheet with the content of those it imports, in their order.

    Comments, empty lines and indents are left out; line ends stay where they were.
    """
    return _STRING_OR_SPACE.sub(_shortened, _joined_styles(name, read)).lstrip()


def _shortened(found: re.Match[str]) -> str:
    """Return a string as it is, and spaces and comments as one line end or one space."""
    text = found[0]
    return text if text.startswith('"') else "\n" if "\n" in text else " "


def _joined_styles(name: str, read: Read) -> str:
    def content(found: re.Match[str]) -> str:
        inside = _joined_styles(_beside(name, found["name"]), read)
        return f"@media {found['media']} {{\n{inside}}}\n" if found["media"] else inside

    return _checked(name, _STYLE_IMPORT.sub(content, read(name)))


def bundled_script(name: str, read: Read) -> str:
    """Return one module with all modules that the named one imports, without their comments.

    Each module becomes a function that is called once and returns what the module exports, so names
    of different modules cannot clash.
    """
    modules: dict[str, str] = {}
    _add_module(name, read, modules, ())
    return _COMMENT.sub("", "".join(modules.values()))


def _add_module(name: str, read: Read, modules: dict[str, str], above: tuple[str, ...]) -> None:
    if name in above:
        raise CannotBundle(f"{name} imports itself, by way of {above[-1]}")
    source = read(name)
    for found in _SCRIPT_IMPORT.finditer(source):
        if (imported := _beside(name, found["name"])) not in modules:
            _add_module(imported, read, modules, (*above, name))
    modules[name] = _as_function(name, source)


def _as_function(name: str, source: str) -> str:
    exported = ", ".join(found["name"] for found in _EXPORT.finditer(source))
    body = _SCRIPT_IMPORT.sub(lambda found: _taken(name, found), source)
    body = _checked(name, _EXPORT.sub(r"\g<kind> \g<name>", body))
    return f"const {_identifier(name)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _taken(name: str, found: re.Match[str]) -> str:
    """Return the statement that takes what a module imports from the function's result."""
    if found["names"] is None:
        return ""
    names = _RENAMED.sub(r"\1: \2", " ".join(found["names"].split()))
    return f"const {{ {names.strip(', ')} }} = {_identifier(_beside(name, found['name']))};"


def _identifier(name: str) -> str:
    return "of_" + re.sub(r"\W", "_", PurePosixPath(name).with_suffix("").as_posix())


def _beside(name: str, other: str) -> str:
    return str(PurePosixPath(name).with_name(other))


def _checked(name: str, content: str) -> str:
    if left_over := _LEFT_OVER.search(content):
        raise CannotBundle(f"{name}: a bundle cannot express {left_over[0]!r}")
    return content
