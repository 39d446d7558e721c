"""Django's settings. What an installation may change comes from ``environment``."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF

from tandemwerk.config import embedded, environment

ENV = environment.load()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = ENV.allowed_hosts
BASE_URL = ENV.base_url
DEMO = ENV.demo
DEMO_PASSWORD = ENV.demo_password
DATA_DIR = ENV.data_dir
DATA_DIR.mkdir(parents=True, exist_ok=True)
FIELD_KEYS = ENV.field_keys
SECURITY_CONTACT = ENV.security_contact
BACKUP_PASSPHRASE = ENV.backup_passphrase
HOST, PORT = ENV.host, ENV.port
WEB_WORKERS, WEB_THREADS = ENV.web_workers, ENV.web_threads

INSTALLED_APPS = [
    # ours, from the roof to the ground: a room's templates win over those below it
    "tandemwerk.config",
    "tandemwerk.demo",
    "tandemwerk.portal",
    "tandemwerk.website",
    "tandemwerk.tandems",
    "tandemwerk.intake",
    "tandemwerk.community",
    "tandemwerk.knowledge",
    "tandemwerk.messaging",
    "tandemwerk.programme",
    "tandemwerk.people",
    "tandemwerk.ui",
    "tandemwerk.places",
    "tandemwerk.core",
    # theirs
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tandemwerk.people.middleware.whole_page_for_sign_in",
    "allauth.account.middleware.AccountMiddleware",
    "tandemwerk.people.middleware.remember_session",
    "tandemwerk.core.kept.remember_acting",
    "tandemwerk.programme.middleware.SecondFactorMiddleware",
    "tandemwerk.website.middleware.CmsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tandemwerk.config.urls"
WSGI_APPLICATION = "tandemwerk.config.wsgi.application"
FORM_RENDERER = "tandemwerk.ui.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "tandemwerk.core.navigation.navigation",
                "tandemwerk.ui.context_processors.look",
            ],
        },
    },
]

# Database

if ENV.database_url == "embedded":
    _database_url = embedded.start_postgres(DATA_DIR / "postgres")
else:
    _database_url = ENV.database_url or f"sqlite:///{DATA_DIR / 'tandemwerk.sqlite3'}"
DATABASES = {"default": environ.Env.db_url_config(_database_url)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        # A writer waits for its turn from the start instead of failing at the end.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
        ),
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    # A page's queries follow foreign keys from a few rows. Trying every order of seven joins takes
    # PostgreSQL 10 to 30 ms, compiling them or starting helpers even longer; running them takes
    # less than one.
    DATABASES["default"]["OPTIONS"].setdefault(
        "options",
        "-c join_collapse_limit=4 -c from_collapse_limit=4 -c jit=off "
        "-c max_parallel_workers_per_gather=0",
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes: who was asked to wait, and which code has been used. In the memory of
# each: what was counted or drawn, under a name that changes with it.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"},
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# Languages and time

LANGUAGE_CODE = "de"
#: Each in its own words, so that everybody finds theirs.
LANGUAGES = [
    ("de", "Deutsch"),
    ("en", "English"),
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("uk", "Українська"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
FORMAT_MODULE_PATH = ["tandemwerk.config.formats"]

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_MIMETYPES = {".geojson": "application/geo+json"}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Who signs in, and how

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "tandemwerk.core.permissions.RulesBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:start"
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
# Eight digits: they can be typed on every keyboard and read out on the phone.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_ADAPTER = "tandemwerk.messaging.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "tandemwerk.people.forms.signin.SignInForm",
    "request_login_code": "tandemwerk.people.forms.signin.AskForCodeForm",
    "confirm_login_code": "tandemwerk.people.forms.signin.SignInCodeForm",
    "confirm_email_verification_code": "tandemwerk.people.forms.signin.AddressCodeForm",
    "confirm_password_reset_code": "tandemwerk.people.forms.signin.ResetCodeForm",
    "reset_password": "tandemwerk.people.forms.signin.ForgottenPasswordForm",
    "reset_password_from_key": "tandemwerk.people.forms.signin.FreshPasswordForm",
    "change_password": "tandemwerk.people.forms.signin.ChangePasswordForm",
    "set_password": "tandemwerk.people.forms.signin.SetPasswordForm",
    "add_email": "tandemwerk.people.forms.signin.NewAddressForm",
    "change_email": "tandemwerk.people.forms.signin.OtherAddressForm",
    "reauthenticate": "tandemwerk.people.forms.signin.PasswordAgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = "strict"
MFA_REQUIRED = ENV.mfa_required
MFA_ADAPTER = "tandemwerk.people.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "tandemwerk.people.forms.secondfactor.FactorForm",
    "reauthenticate": "tandemwerk.people.forms.secondfactor.FactorAgainForm",
    "activate_totp": "tandemwerk.people.forms.secondfactor.AppForm",
    "add_webauthn": "tandemwerk.people.forms.secondfactor.PasskeyForm",
    "edit_webauthn": "tandemwerk.people.forms.secondfactor.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.is_https
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_USERNAME_CALLABLE = "tandemwerk.people.adapter.sign_in_name"
AXES_CLIENT_IP_CALLABLE = "tandemwerk.people.adapter.client_ip"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

# Safety on the wire

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = False  # the proxy before us does it
SECURE_HSTS_SECONDS = 31_536_000 if ENV.is_https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tandemwerk.ui.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
if ENV.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Work in the background, mail, logs

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from
EMAIL_URL = ENV.email_url
OUTBOX_DIR = DATA_DIR / "outbox"
REPLY_DOMAIN = ENV.reply_domain
CLAMD_ADDRESS = ENV.clamd_address
INBOUND_SECRET, INBOUND_IMAP_URL = ENV.inbound_secret, ENV.inbound_imap_url
INTEGREAT_URL = ENV.integreat_url
EMAIL_TIMEOUT = 30
if EMAIL_URL.startswith("outbox:"):
    EMAIL_BACKEND = "tandemwerk.messaging.backends.OutboxBackend"
else:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_secrets": {"()": "tandemwerk.core.logs.WithoutSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        "django.server": {"propagate": True},
        "django_tasks": {"level": "WARNING"},
        "axes": {"level": "ERROR"},
        "wagtail": {"level": "WARNING"},
    },
}

# Libraries

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"
SILENCED_SYSTEM_CHECKS = ["wagtailadmin.W003"]
WAGTAIL_SITE_NAME = "Tandemwerk"
WAGTAILADMIN_BASE_URL = BASE_URL
# One sign-in for everything: accounts, passwords and addresses are allauth's and people's.
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Nothing leaves the house: no update check, no news, no portraits from elsewhere, no oEmbed.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_IMAGE_MODEL = "website.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "tandemwerk.website.forms.PhotoForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odt", "ods", "pdf", "txt", "xlsx"]
TAGGIT_CASE_INSENSITIVE = True
