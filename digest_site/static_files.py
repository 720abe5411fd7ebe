"""Static files with hashed names, also in imports between scripts."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which also replaces the name in ``import … from "./store.js";``."""

    support_js_module_import_aggregation = True
