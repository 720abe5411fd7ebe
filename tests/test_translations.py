"""The translation catalogue holds all strings of the interface and no others."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "translated"}
TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
TAGS = re.compile(rf"\b(pgettext|n?gettext|_)\({TEXT}(?:,\s*{TEXT})?")
HAN = "[一-鿿]"


def in_python(source: str) -> Iterator[str]:
    for call in ast.walk(ast.parse(source)):
        match call:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=text), *_]):
                if name in CALLS:
                    yield text


def in_template(source: str) -> Iterator[str]:
    for call, first, second in TAGS.findall(templatize(source)):
        yield ast.literal_eval(second if call == "pgettext" else first)


def words_of_the_interface() -> set[str]:
    code = [path for app in ("papers", "digest_site") for path in (ROOT / app).rglob("*.py")]
    words = {text for path in code for text in in_python(path.read_text("utf-8"))}
    for path in (ROOT / "templates").rglob("*.html"):
        words |= set(in_template(path.read_text("utf-8")))
    return words


@pytest.fixture
def catalogue() -> polib.POFile:
    return polib.pofile(str(ROOT / "papers/locale/zh_Hans/LC_MESSAGES/django.po"))


def test_the_catalogue_holds_the_words_of_the_interface_and_no_others(catalogue):
    assert {entry.msgid for entry in catalogue} == words_of_the_interface()


def test_chinese_has_its_own_punctuation_and_a_space_before_latin(catalogue):
    for entry in catalogue:
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            plain = re.sub(r"%\(\w+\)s|\{\w*\}|<[^>]*>", "", text)
            assert not re.search(f"{HAN}[,.:;?!()]|{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}", plain), text


def test_one_word_is_used_for_one_thing(catalogue):
    chinese = " ".join(entry.msgstr for entry in catalogue)
    for word in ("您", "检索", "书桌", "摘要文件", "当日"):
        assert word not in chinese
