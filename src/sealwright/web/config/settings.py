"""Every setting of the site, read in one place.

All variables start with SEALWRIGHT_ and none is needed on one's own machine:

BASE_URL         the address people use, and for ever part of what is issued from here
DATA             the folder for everything the site writes (default: var)
DATABASE         a SQLite file, or postgresql://user:password@host/name
SECRET_KEY       a long random text, or SECRET_KEY_FILE, the path of a file that holds it;
                 needed as soon as BASE_URL or HOSTS names anything but this machine
OLD_SECRET_KEYS  secret keys that were used before, so that what they sealed still opens
HOSTS            further host names the site answers to
PROXIES          how many proxies in front of the site set X-Forwarded-For (default: 0)
ALLOW_LOCAL      host:port pairs that checks may fetch from although they are not public
DEMO             true loads a demo world with one-click sign-in; only where nobody else can reach
KEK_FILE         the file with the key-encryption key that wraps the issuers' keys; in the demo
                 one is made in the data folder
MAIL             where mail goes: smtp://user:password@host:port, smtps://…, or "console"
MAIL_FROM        the sender of our mails
LOG              json writes a line for every request, without personal data (default: text)
DEBUG            true shows Django's error pages; never on a site that others can reach
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from sealwright.web.config.env import Env, local_secret

env = Env.from_process(prefix="SEALWRIGHT_")

THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]

# Where it is, and who may call it
BASE_URL = env.address("BASE_URL", default="http://localhost:8000")
HOSTS = env.words("HOSTS")
OWN_HOST = urlsplit(BASE_URL).netloc.rpartition("@")[2].removesuffix(f":{urlsplit(BASE_URL).port}")
ALLOWED_HOSTS = list(dict.fromkeys([OWN_HOST, *HOSTS, *THIS_MACHINE]))
IS_LOCAL = set(ALLOWED_HOSTS) <= set(THIS_MACHINE)
HTTPS = BASE_URL.startswith("https://")

# What it writes
DATA = Path(env.text("DATA", default="var")).absolute()
DATABASES = {"default": env.database("DATABASE", default=DATA / "sealwright.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = env.flag("DEBUG", default=False)
if DEBUG and not IS_LOCAL:
    raise ImproperlyConfigured(
        f"SEALWRIGHT_DEBUG is true while the site answers to {', '.join(ALLOWED_HOSTS)}: its "
        "error pages would show the inside of the site to others"
    )

_secret = env.secret("SECRET_KEY")
if _secret is None and not IS_LOCAL:
    raise ImproperlyConfigured(
        f"SEALWRIGHT_SECRET_KEY is not set, and this site answers to {OWN_HOST}. Make one with\n"
        '  python -c "import secrets; print(secrets.token_urlsafe(48))"\n'
        "and give it as SEALWRIGHT_SECRET_KEY, or as a file named by SEALWRIGHT_SECRET_KEY_FILE."
    )
SECRET_KEY = _secret or local_secret(DATA / "secret-key")
SECRET_KEY_FALLBACKS = env.words("OLD_SECRET_KEYS")

DEMO = env.flag("DEMO", default=False)
if DEMO and not IS_LOCAL:
    raise ImproperlyConfigured(
        f"SEALWRIGHT_DEMO is true while the site answers to {', '.join(ALLOWED_HOSTS)}: in the "
        "demo anybody signs in as anybody"
    )
SKILL_INDEXES = DATA / "skill-indexes"
"""What texts are matched with, made from the frameworks in the database; may be thrown away."""
KEK_FILE = Path(env.text("KEK_FILE", default=str(DATA / "key-encryption-key")))
MAKES_KEK = IS_LOCAL
"""On one's own machine the key-encryption key is made at first use; elsewhere it must be given."""

INSTALLED_APPS = [
    "sealwright.web.hiring",
    "sealwright.web.leaving",
    "sealwright.web.pages",
    "sealwright.web.wallet",
    "sealwright.web.assessing",
    "sealwright.web.issuing",
    "sealwright.web.transparency",
    "sealwright.web.trust",
    "sealwright.web.catalogue",
    "sealwright.web.organisations",
    "sealwright.web.accounts",  # its templates come before allauth's
    "sealwright.web.audit",
    "sealwright.web.verifying",
    "sealwright.web.ui",
    "sealwright.web.core",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "lucide",
]

MIDDLEWARE = [
    "sealwright.web.core.middleware.request_log",
    "sealwright.web.core.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sealwright.web.core.middleware.Refusals",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sealwright.web.core.middleware.body_limit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "sealwright.web.config.urls"
WSGI_APPLICATION = "sealwright.web.config.wsgi.application"
ASGI_APPLICATION = "sealwright.web.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "lucide.templatetags.lucide"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sealwright.web.ui.context.fonts",
                "sealwright.web.ui.context.site",
                "sealwright.web.organisations.context.consoles",
            ],
        },
    }
]

# How often the ways in were tried, kept in the database: for all processes, and after a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cached_counts",
        "KEY_FUNCTION": "sealwright.web.core.limits.cache_key",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# Static files: collected under a name made from their contents when a server starts
# (see ui/assets.py), and served for a year by WhiteNoise.
STATIC_URL = "static/"
FONTS = DATA / "fonts"
STATICFILES_DIRS = [("fonts", FONTS)]
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]  # no fonts folder: the system's fonts are used

# Words
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["sealwright.web.ui.formats"]
TIME_ZONE = "UTC"

# People. A code by mail or a passkey signs them in; a password is possible, never needed.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "sealwright.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail may be slow
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_MAX_EMAIL_ADDRESSES = 20
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
# Counted by caller (ip), by the address or account that is tried (key), or by person (user).
ACCOUNT_RATE_LIMITS = {
    "signup": "20/m/ip",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "confirm_email": "1/10s/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "prove_address": "5/m/user,20/h/user,3/m/key,10/h/key",
    "enter_code": "20/m/key",
    "recover": "5/m/ip,20/h/ip",
    "export": "5/m/user",
}
_FORMS = "sealwright.web.accounts.forms."
ACCOUNT_FORMS = {
    "login": f"{_FORMS}LoginForm",
    "signup": f"{_FORMS}SignupForm",
    "request_login_code": f"{_FORMS}RequestLoginCodeForm",
    "confirm_login_code": f"{_FORMS}ConfirmLoginCodeForm",
    "confirm_email_verification_code": f"{_FORMS}ConfirmAddressForm",
    "confirm_password_reset_code": f"{_FORMS}ConfirmPasswordResetCodeForm",
    "confirm_reauthentication_code": f"{_FORMS}ConfirmReauthenticationCodeForm",
    "reauthenticate": f"{_FORMS}ReauthenticateForm",
    "reset_password": f"{_FORMS}ResetPasswordForm",
    "reset_password_from_key": f"{_FORMS}ResetPasswordKeyForm",
    "change_password": f"{_FORMS}ChangePasswordForm",
    "set_password": f"{_FORMS}SetPasswordForm",
}
MFA_ADAPTER = "sealwright.web.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "Sealwright"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL
MFA_FORMS = {
    "authenticate": f"{_FORMS}AuthenticateForm",
    "reauthenticate": f"{_FORMS}ReauthenticateFactorForm",
    "activate_totp": f"{_FORMS}ActivateTOTPForm",
    "add_webauthn": f"{_FORMS}AddPasskeyForm",
    "signup_webauthn": f"{_FORMS}SignupPasskeyForm",
    "edit_webauthn": f"{_FORMS}EditPasskeyForm",
}
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Mail
MAIL = env.text("MAIL", default="demo" if DEMO else "console")
globals().update(env.mail(MAIL))
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", default="Sealwright <no-reply@localhost>")

# Safety. CSRF without sessions; uploads stay in memory and are gone with the request.
CSRF_COOKIE_NAME = "form"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "sealwright.web.core.failures.form_expired"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer a form would post `Origin: null`
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
PROXIES = env.number("PROXIES", default=0)
if HTTPS and PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 5 * 1000 * 1000
LARGEST_ZIP = 50 * 1000 * 1000
"""Bytes of a ZIP of many files, as it is sent, and of all that is in it."""
LARGEST_REQUEST = 20 * 1000 * 1000
FILE_UPLOAD_HANDLERS = ["sealwright.web.core.uploads.MemoryOnly"]
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_FILE + MEBIBYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000  # a screening has the most: rows, and issuers to accept
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # of a screening; a check takes 50
CHECKS_AT_ONCE = 50
LARGER_REQUESTS = {"/screen": 60 * 1000 * 1000}
"""Bytes that these pages, and those below them, may be sent at once."""

CHECKS_A_MINUTE = 60
SCREENED_A_MINUTE = 600
"""Credentials that one caller may have checked for screenings."""
ADVERTS_A_MINUTE = 30
"""Adverts in which one caller may have skills found."""
CALLS_A_MINUTE = 600
"""Of one API key."""

# Verification
ALLOW_LOCAL = frozenset(env.words("ALLOW_LOCAL"))
VERIFYING_WEB = "sealwright.web.core.web.guarded"
VERIFYING_SECONDS = 12.0
SCREENING_SECONDS = 60.0

LOG = env.text("LOG", default="text")
if LOG not in ("text", "json"):
    raise ImproperlyConfigured(f"SEALWRIGHT_LOG is {LOG!r}: say text or json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "sealwright.web.core.logs.Discreet"},
        "json": {"()": "sealwright.web.core.logs.Lines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "sealwright.requests": {"level": "INFO" if LOG == "json" else "WARNING"},
    },
}
