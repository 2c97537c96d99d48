"""The marketplace as it is served: the tests' settings, but strangers' pages are kept."""

from marketplace.settings.test import *

CACHES["strangers"] = STRANGERS_CACHE
