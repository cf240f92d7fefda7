"""One module for every machine; what differs comes from the environment (docs/settings.md)."""

from email.utils import formataddr
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import caching, database, house_style, identity, logs, secrets

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env(
    DATA_DIR=(str, str(BASE_DIR / "var")),
    SITE_URL=(str, "http://127.0.0.1:8000"),
    SITE_NAME=(str, "Stapwijs"),
    STYLE_DIR=(str, ""),
    SECRET_KEY=(str, ""),
    DEBUG=(bool, False),
    DATABASE_URL=(str, ""),
    DATABASE_POOL_SIZE=(int, 4),
    CACHE_URL=(str, "dbcache://cache_entries"),
    S3_BUCKET=(str, ""),
    S3_ENDPOINT=(str, ""),
    S3_REGION=(str, ""),
    S3_ACCESS_KEY=(str, ""),
    S3_SECRET_KEY=(str, ""),
    EMAIL_URL=(str, ""),
    EMAIL_FROM=(str, ""),
    KEEPER_NAME=(str, ""),
    KEEPER_ADDRESS=(str, ""),
    CONTACT_EMAIL=(str, ""),
    TIME_ZONE=(str, "Europe/Amsterdam"),
    TRUSTED_PROXY_COUNT=(int, 0),
    BACKUP_DIR=(str, ""),
    LOG_FORMAT=(str, "plain"),
    METRICS_TOKEN=(str, ""),
    SESSION_DAYS_LEARNERS=(int, 90),
    SESSION_DAYS_TRAINERS=(int, 14),
    SESSION_DAYS_STAFF=(int, 1),
    SECOND_FACTOR_REQUIRED=(str, "none"),
    OIDC_NAME=(str, ""),
    OIDC_ISSUER=(str, ""),
    OIDC_CLIENT_ID=(str, ""),
    OIDC_CLIENT_SECRET=(str, ""),
)

# Where it lives

DATA_DIR = Path(env("DATA_DIR"))
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
SITE_URL = env("SITE_URL").rstrip("/")
SITE_NAME = env("SITE_NAME")
HOST = urlsplit(SITE_URL).hostname or ""
HTTPS = SITE_URL.startswith("https://")
LOOPBACK = HOST in {"127.0.0.1", "localhost", "::1"}
ALLOWED_HOSTS = [HOST, "127.0.0.1", "localhost"] if LOOPBACK else [HOST]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

DEBUG = env("DEBUG")
if DEBUG and not LOOPBACK:
    raise ImproperlyConfigured(
        "DEBUG shows the inside of the site: it works only when SITE_URL is on 127.0.0.1 or localhost."
    )
SECRET_KEY_GIVEN = bool(env("SECRET_KEY"))
SECRET_KEY = env("SECRET_KEY") or secrets.kept_in(DATA_DIR / "secret-key")

# What it is made of

INSTALLED_APPS = [
    "accounts",
    "courses",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "courses.keeping.probes.probes_first",
    "config.requests.numbered_and_noted",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.response_headers",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.session_ends",
    "accounts.middleware.SignInFirst",
    "accounts.middleware.preferred_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.second_factor_first",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.method_not_allowed_page",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "config.kept",
                "courses.templatetags.articles",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.appearance.appearance",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Where things are kept

DATABASES = {
    "default": database.configuration(
        env("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'stapwijs.sqlite3'}", pool_size=env("DATABASE_POOL_SIZE")
    )
}
CACHES = {"default": caching.configuration(env("CACHE_URL"))}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

MEDIA_ROOT = DATA_DIR / "media"
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STYLE_DIR = env("STYLE_DIR")
SITE_LOGO = house_style.logo_in(STYLE_DIR)
HOUSE_STYLE = house_style.has_style_sheet(STYLE_DIR)
STATICFILES_DIRS = [*([STYLE_DIR] if STYLE_DIR else []), BASE_DIR / "static"]  # the first one found counts
STORAGES: dict[str, dict] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if env("S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "config.media.Bucket",
        "OPTIONS": {
            "bucket_name": env("S3_BUCKET"),
            "endpoint_url": env("S3_ENDPOINT") or None,
            "region_name": env("S3_REGION") or None,
            "access_key": env("S3_ACCESS_KEY") or None,
            "secret_key": env("S3_SECRET_KEY") or None,
        },
    }
WHITENOISE_USE_FINDERS = DEBUG

BACKUP_DIR = Path(env("BACKUP_DIR") or DATA_DIR / "backups")

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # a pasted article with its formatting; files do not count

# Languages and time

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
COMPILED = BASE_DIR / "var" / "locale"  # by tools/bootstrap.py
LOCALE_PATHS = [COMPILED, COMPILED / "overrides"]
TIME_ZONE = env("TIME_ZONE")
USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"

# Who you are

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "learning:home"
LOGOUT_REDIRECT_URL = "learning:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_FORMS = {"signup": "accounts.strangers.SignupForm"}
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = env("TRUSTED_PROXY_COUNT")
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.passkey_forms.AddForm",
    "authenticate_webauthn": "accounts.passkey_forms.AuthenticateForm",
    "login_webauthn": "accounts.passkey_forms.LoginForm",
    "reauthenticate_webauthn": "accounts.passkey_forms.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones run half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOOPBACK  # browsers offer passkeys on https and on localhost only
SECOND_FACTOR_REQUIRED_OF = identity.second_factor_required_of(env("SECOND_FACTOR_REQUIRED"))
SECOND_FACTOR_ROOMS = ("/author/", "/track/", "/admin/")
SOCIALACCOUNT_ADAPTER = "accounts.oidc.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": identity.openid_connect(
        name=env("OIDC_NAME"),
        issuer=env("OIDC_ISSUER"),
        client_id=env("OIDC_CLIENT_ID"),
        client_secret=env("OIDC_CLIENT_SECRET"),
    )
}
SESSION_LIFETIMES = identity.session_lifetimes(
    learners=env("SESSION_DAYS_LEARNERS"), trainers=env("SESSION_DAYS_TRAINERS"), staff=env("SESSION_DAYS_STAFF")
)
SESSION_COOKIE_AGE = int(max(SESSION_LIFETIMES.values()).total_seconds())

# Mail: to the server of EMAIL_URL; without one, into files

if env("EMAIL_URL"):
    vars().update(env.email_url_config(env("EMAIL_URL")))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM") or formataddr((SITE_NAME, f"noreply@{HOST}"))

# Who keeps the site: on its pages on privacy and contact

KEEPER_NAME = env("KEEPER_NAME")
KEEPER_ADDRESS = env("KEEPER_ADDRESS").replace("\\n", "\n")
CONTACT_EMAIL = env("CONTACT_EMAIL")

# Work in the background: `manage.py worker`

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# How often a door may be tried, in how long, by whom (config/limits.py); why these figures: docs/security-model.md

LIMITS = {
    # Of allauth: signing in, and everything that mails a code
    "login": "100/m/ip",
    "login_failed": "60/m/ip,10/10m/key",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key,10/h/key",
    "reset_password": "60/m/ip,3/m/key,10/h/key",
    "reset_password_from_key": "60/m/ip",
    "confirm_email": "1/10s/key",
    "reauthenticate": "10/m/user",
    "change_password": "10/m/user",
    "manage_email": "10/m/user,30/h/user",
    "webauthn_login": "60/m/ip",
    # Ours
    "accept": "20/m/user",
    "invite": "100/h/user",
    "import": "60/h/user",
    "search": "60/m/user",
    "export": "60/h/user",
    "report": "60/h/user",
    "contact": "20/h/ip",
    "own_data": "10/h/user",
    "erase": "10/h/user",
}
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = LIMITS

# Doors

CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env("TRUSTED_PROXY_COUNT"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = COOKIE_PREFIX + "session"
CSRF_COOKIE_NAME = COOKIE_PREFIX + "csrf"
LANGUAGE_COOKIE_NAME = COOKIE_PREFIX + "language"
APPEARANCE_COOKIE_NAME = COOKIE_PREFIX + "appearance"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# Logs: to the console, without personal data or tokens

if env("LOG_FORMAT") not in logs.STYLES:
    raise ImproperlyConfigured("LOG_FORMAT is plain, for people, or json, for a log collector.")
LOGGING = logs.configuration(env("LOG_FORMAT"))
METRICS_TOKEN = env("METRICS_TOKEN")
