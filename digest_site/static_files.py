"""Static files with hashed names; the stylesheet and the script of every page in one file each."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from digest_site.bundles import bundled_script, bundled_styles

BUNDLES = {
    "css/site.css": bundled_styles,
    "js/main.js": bundled_script,
    "js/saved.js": bundled_script,  # with main.js in it
}


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which also makes the bundles.

    It also replaces the names in ``import … from "./store.js";``.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, tuple], *args: Any, **options: Any) -> Iterator:
        """Replace the collected files that begin a bundle, then hash all names."""
        present = BUNDLES.keys() & paths.keys()
        contents = {name: BUNDLES[name](name, self._text) for name in sorted(present)}
        for name, content in contents.items():
            self.delete(name)
            self._save(name, ContentFile(content.encode()))
            paths[name] = (self, name)
        yield from super().post_process(paths, *args, **options)

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            return file.read().decode()
