"""All settings, read from the environment and nowhere else (docs/deployment.md lists them)."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
#: Where this installation keeps its database, uploads and logs.
HOME = Path(env.str("MINGCHA_HOME", default="var")).absolute()

DEBUG = env.bool("MINGCHA_DEBUG", default=False)
SECRET_KEY = env.str("MINGCHA_SECRET_KEY")
ALLOWED_HOSTS = env.list("MINGCHA_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("MINGCHA_ORIGINS", default=[])
#: The address that firms and citizens open, in codes and on papers; by default the first origin.
PUBLIC_URL = env.str(
    "MINGCHA_PUBLIC_URL", default=CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else ""
).rstrip("/")
HTTPS = env.bool("MINGCHA_HTTPS", default=False)
#: The demo county only: marks every page. Never set on a real installation.
DEMO = env.bool("MINGCHA_DEMO", default=False)
#: Of the demo only: "login=name=role,…" of those into whom a visitor may turn, and their password.
DEMO_PEOPLE = env.str("MINGCHA_DEMO_PEOPLE", default="") if DEMO else ""
DEMO_PASSWORD = env.str("MINGCHA_DEMO_PASSWORD", default="") if DEMO else ""

#: Versioned keys, "1:<base64 of 32 bytes>,2:…"; the highest version encrypts, all of them decrypt.
FIELD_KEYS = env.str("MINGCHA_FIELD_KEYS")
#: Versioned keys of the blind indexes, same form.
INDEX_KEYS = env.str("MINGCHA_INDEX_KEYS")
#: Digest of the ledger's chain: sha256 or sm3 (design §4.3).
LEDGER_ALGORITHM = env.str("MINGCHA_LEDGER_ALGORITHM", default="sha256")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "axes",
    "django_otp",
    "lucide",
    "mingcha.base",
    "mingcha.web",
    "mingcha.ledger",
    "mingcha.accounts",
    "mingcha.basics",
    "mingcha.laws",
    "mingcha.publication",
    "mingcha.registry",
    "mingcha.items",
    "mingcha.planning",
    "mingcha.leads",
    "mingcha.inspection",
    "mingcha.enterprise",
    "mingcha.portal",
    "mingcha.project",
    # Templates of form fields; ours (web/templates/django/forms) come first.
    "django.forms",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

MIDDLEWARE = [
    "mingcha.base.logs.CorrelationMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "mingcha.accounts.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mingcha.web.middleware.NoStoreMiddleware",
    "mingcha.web.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mingcha.project.urls"
WSGI_APPLICATION = "mingcha.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "mingcha.web.context.page",
            ],
            "builtins": ["mingcha.web.templatetags.mingcha"],
        },
    }
]

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
    " PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
)
DATABASES = {"default": env.db_url("MINGCHA_DATABASE_URL", default=f"sqlite:///{HOME / 'mingcha.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL alone still fails under writers; BEGIN IMMEDIATE makes them queue (docs/dependencies.md).
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": _SQLITE_PRAGMAS,
    }
    DATABASES["default"]["TEST"] = {
        "NAME": env.str("MINGCHA_TEST_SQLITE", default=str(HOME / "test.sqlite3"))
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("MINGCHA_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "mingcha.accounts.passwords.LengthAndVarietyValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "mingcha.accounts.passwords.NotRecentlyUsedValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
AXES_VERBOSE = False
AXES_FAILURE_LIMIT = env.int("MINGCHA_LOCKOUT_FAILURES", default=5)
AXES_COOLOFF_TIME = env.float("MINGCHA_LOCKOUT_HOURS", default=0.5)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "mingcha.accounts.lockout.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
OTP_TOTP_ISSUER = "明查"

#: How many reverse proxies stand before us, so that lock-out and limits see the person's own address.
PROXIES = env.int("MINGCHA_PROXIES", default=0)
AXES_CLIENT_IP_CALLABLE = "mingcha.accounts.lockout.address_of"
#: Minutes without a click after which a sign-in ends.
IDLE_MINUTES = env.int("MINGCHA_IDLE_MINUTES", default=30)
#: How many sign-ins one person may have at the same time.
MAX_SESSIONS = env.int("MINGCHA_MAX_SESSIONS", default=2)
#: Days after which a password must be changed; 0 for never.
PASSWORD_DAYS = env.int("MINGCHA_PASSWORD_DAYS", default=90)
#: Roles that need a second factor.
TOTP_ROLES = env.list("MINGCHA_TOTP_ROLES", default=["administrator", "bureau_leader"])

SESSION_COOKIE_AGE = env.int("MINGCHA_SESSION_SECONDS", default=8 * 3600)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "mingcha.web.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("MINGCHA_HSTS_SECONDS", default=31536000)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

#: Reminders go out by mail only where a server is named.
SENDS_MAIL = bool(env.str("MINGCHA_EMAIL_URL", default=""))
EMAIL_CONFIG = env.email_url("MINGCHA_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("MINGCHA_EMAIL_FROM", default="mingcha@localhost")
EMAIL_TIMEOUT = env.float("MINGCHA_EMAIL_SECONDS", default=20)

#: A worker that does not beat for this long loses its job (mingcha.base.jobs).
JOB_LEASE_SECONDS = env.float("MINGCHA_JOB_LEASE_SECONDS", default=60)
#: How often an idle worker and the clock look into the database.
JOB_POLL_SECONDS = env.float("MINGCHA_JOB_POLL_SECONDS", default=0.2)
#: The first pause before a failed job is tried again; each further pause is three times as long.
JOB_RETRY_SECONDS = env.float("MINGCHA_JOB_RETRY_SECONDS", default=5)
#: How long requests and jobs that are under way may go on when the platform is stopped.
STOP_SECONDS = env.float("MINGCHA_STOP_SECONDS", default=20)

LOG_LEVEL = env.str("MINGCHA_LOG_LEVEL", default="INFO")
LOGGING_CONFIG = "mingcha.base.logs.configure"
LOGGING: dict[str, object] = {"level": LOG_LEVEL}
