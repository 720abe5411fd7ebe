"""Django settings. What an operator may change comes from environment variables.

``.env.example`` explains the variables; a ``.env`` file beside ``manage.py`` is read first.
"""

import datetime
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from digest_site import environment, logs
from digest_site.environment import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "data"

if (BASE_DIR / ".env").is_file():
    env.read_env(BASE_DIR / ".env")

# The site and its hosts

DEBUG = environment.boolean("DEBUG", default=False)
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.names("CSRF_TRUSTED_ORIGINS", default="")
SECRET_KEY = environment.secret_key("SECRET_KEY", ALLOWED_HOSTS, DATA_DIR / "secret-key")
environment.refuse_debugging_in_public(DEBUG, ALLOWED_HOSTS)
SITE_NAME = env.str("SITE_NAME", default="Duizhao")
SITE_URL = environment.web_address("SITE_URL", default=environment.listening_address())
READ_LINKS = environment.read_links("READ_LINKS")
CONTACT = env.str("CONTACT", default="")
WEBSUB_HUB = environment.endpoint("WEBSUB_HUB")

# Applications, middleware and templates

INSTALLED_APPS = [
    "papers.admin_site.PapersAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "csp",
    "simple_history",
    "axes",
    "papers",
]

# Counting comes first, so that it sees every response; then what adds security headers, so that
# every response has them.
MIDDLEWARE = [
    "papers.operations.metrics_middleware.CountingMiddleware",
    "papers.http.middleware.PolicyMiddleware",
    "papers.http.middleware.PermissionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "papers.operations.health_middleware.HealthMiddleware",
    "papers.http.middleware.KnownHostMiddleware",
    "papers.http.middleware.CleanQueryMiddleware",
    "papers.http.canonical.CanonicalRequestMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "papers.http.page_cache.PageCacheMiddleware",
    "papers.http.rate_limit.RateLimitMiddleware",
    "papers.http.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "papers.http.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "papers.http.staff_cookie.StaffCookieMiddleware",
    "papers.http.bodies.BodyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "papers.http.outages.OutageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "digest_site.urls"
WSGI_APPLICATION = "digest_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "papers.presentation.context_processors.site",
            ],
        },
    },
]

# Databases, cache and files

PRIMARY = environment.database("DATABASE_URL", DATA_DIR / "duizhao.sqlite3", BASE_DIR)
DATABASES = {"default": PRIMARY, **environment.replicas("REPLICA_URLS", PRIMARY)}
REPLICAS = [alias for alias in DATABASES if alias != "default"]
DATABASE_ROUTERS = ["papers.db.replicas.ReplicaRouter"] if REPLICAS else []
# Digests uploaded in the admin; web nodes that share a database must share this folder.
UPLOADS_DIR = Path(env.str("UPLOADS_DIR", default="") or DATA_DIR / "uploads")
# Checkouts of the publishers that are followed.
PUBLISHERS_DIR = Path(env.str("PUBLISHERS_DIR", default="") or DATA_DIR / "publishers")
CACHES = {"default": environment.cache("CACHE_URL")}

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LANGUAGE_COOKIE_NAME = "ui"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "papers" / "locale"]
TIME_ZONE = environment.time_zone("TIME_ZONE", default="Asia/Shanghai")
USE_I18N = True
USE_TZ = True

# Static files: hashed names, compressed once by collectstatic

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "digest_site.static_files.HashedStaticFiles"},
}

# Security: digests are untrusted text

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

YEAR = 365 * 24 * 60 * 60  # seconds
if SITE_URL.startswith("https://"):
    SECURE_SSL_REDIRECT = True
    SECURE_SSL_HOST = SITE_URL.removeprefix("https://")  # never the Host header of a request
    SECURE_REDIRECT_EXEMPT = [
        "^healthz$",
        "^readyz$",
        "^metrics$",
    ]  # monitors use plain HTTP locally
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = environment.whole_number("HSTS_SECONDS", YEAR, most=3 * YEAR)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = environment.boolean("HSTS_PRELOAD", default=False)
    SILENCED_SYSTEM_CHECKS = ["security.W021"]  # no preload: the owner of the domain decides
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True

MCP = environment.boolean("MCP", default=False)  # tools for language models at /api/mcp
RATE_LIMIT = environment.whole_number("RATE_LIMIT", default=0, most=100_000)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="").strip()
TRUSTED_PROXIES = environment.whole_number("TRUSTED_PROXIES", default=0, most=10)

# The site's own translator: any OpenAI-compatible endpoint (papers/translation/)

TRANSLATOR_URL = environment.endpoint("TRANSLATOR_URL")
TRANSLATOR_MODEL = env.str("TRANSLATOR_MODEL", default="").strip()
TRANSLATOR_KEY = env.str("TRANSLATOR_KEY", default="").strip()
TRANSLATOR_PRICES = environment.prices("TRANSLATOR_PRICES")
TRANSLATOR_CONCURRENCY = environment.whole_number("TRANSLATOR_CONCURRENCY", 4, most=64, least=1)
TRANSLATOR_TIMEOUT = environment.whole_number("TRANSLATOR_TIMEOUT", 120, most=3_600, least=1)
TRANSLATOR_DESK_BUDGET = environment.whole_number("TRANSLATOR_DESK_BUDGET", 50, most=100_000)
TRANSLATOR_FIRST = environment.boolean("TRANSLATOR_FIRST", default=False)

# Every day: backups, and telling the operator what is wrong (papers/operations/)

BACKUP_DIR = env.str("BACKUP_DIR", default="").strip()
BACKUP_KEEP = environment.whole_number("BACKUP_KEEP", default=7, most=10_000, least=1)
NOTIFY_URLS = env.str("NOTIFY_URLS", default="").split()
SILENT_AFTER = environment.whole_number("SILENT_AFTER", default=10, most=1_000, least=1)
TRANSLATOR_DAILY = environment.whole_number("TRANSLATOR_DAILY", default=500, most=1_000_000)

# Lists by mail, once a day (papers/mail/)

MAIL_LISTS = environment.boolean("MAIL_LISTS", default=False)
MAIL_HOUR = environment.whole_number("MAIL_HOUR", default=0, most=23)
MAIL_FROM = environment.mail_sender("MAIL_FROM")
MAIL_SERVER = environment.mail_server("MAIL_URL")
environment.refuse_lists_without_mail(MAIL_LISTS, MAIL_SERVER, MAIL_FROM)

# The first account: an administrator, made by `prepare`

ADMIN = environment.account("ADMIN_USER", "ADMIN_PASSWORD")

# Signing in: five tries from an address, then a pause (see papers/http/sign_in.py)

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # otherwise Retry-After would be wrong
AXES_RESET_ON_SUCCESS = False  # otherwise any account holder could reset the count
AXES_HANDLER = "papers.http.sign_in_attempts.TriesByAddress"
AXES_LOCKOUT_PARAMETERS = ["ip_address"]
AXES_CLIENT_IP_CALLABLE = "papers.http.sign_in.address_of"
AXES_LOCKOUT_CALLABLE = "papers.http.sign_in.refusal"
AXES_ENABLE_ADMIN = False  # attempts need no admin pages; `axes_reset` clears them
AXES_DISABLE_ACCESS_LOG = True  # do not record who signed in from where

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Logs: one line per event; what a command prints for people is not mixed with them

LOGGING = logs.configuration(environment.one_of("LOG_TO", ["stderr", "stdout"]))
