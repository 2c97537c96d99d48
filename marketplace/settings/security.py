"""Who may log in, and what a browser may load."""

import os
from datetime import timedelta

from csp.constants import NONE, SELF, UNSAFE_INLINE

from marketplace.settings.wagtail import EMBED_PLAYERS

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "marketplace.accounts.backends.IdentifierBackend",
]
LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "account:home"
LOGOUT_REDIRECT_URL = "shop:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Five failures lock the person for strangers, by whichever identifier and from wherever, and each device of
# the person's by itself; a password link unlocks (docs/adr/0018).
AXES_HANDLER = "marketplace.accounts.lockout.LockoutHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
# It asks to count by address too, with the same limit. Ours has its own: a whole office may share an address.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_USERNAME_CALLABLE = "marketplace.accounts.lockout.attempted_person"
AXES_CLIENT_IP_CALLABLE = "marketplace.core.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "marketplace.portals.account.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
# Knocking on a locked door must not keep it locked.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Neither the logs nor the attempts' table hold what a person typed to name themselves.
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "identifier", "csrfmiddlewaretoken"]

PLAYERS = sorted({"/".join(player["player"].split("/")[:3]) for player in EMBED_PLAYERS})
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-src": [SELF, *PLAYERS],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's admin and Oscar's dashboard write scripts and styles into their pages.
STAFF_PATHS = ("/cms/", "/dashboard/")
STAFF_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],  # Wagtail shows an editor the page in a frame
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"

# How many proxies of ours stand in front and append to X-Forwarded-For; 0 = clients connect directly.
PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "0"))
