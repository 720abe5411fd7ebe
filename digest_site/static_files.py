"""Static files under hashed names, in the imports between scripts too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage; ``import … from "./store.js";`` becomes the hashed name as well."""

    support_js_module_import_aggregation = True
