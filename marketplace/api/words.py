"""What is wrong with a value, in the caller's language: the validator's own words are English only."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS = {
    "missing": _("This field is required."),
    "extra_forbidden": _("There is no such field here."),
    "string_type": _("This must be a text."),
    "string_unicode": _("This must be a text."),
    "string_too_short": _("This text is too short: at least %(min_length)s characters."),
    "string_too_long": _("This text is too long: at most %(max_length)s characters."),
    "string_pattern_mismatch": _("This text has a wrong form."),
    "int_type": _("This must be a whole number."),
    "int_parsing": _("This must be a whole number."),
    "int_parsing_size": _("This number is too large."),
    "int_from_float": _("This must be a whole number."),
    "bool_type": _("This must be true or false."),
    "bool_parsing": _("This must be true or false."),
    "greater_than": _("This must be more than %(gt)s."),
    "greater_than_equal": _("This must be at least %(ge)s."),
    "less_than_equal": _("This must be at most %(le)s."),
    "enum": _("Choose one of: %(expected)s."),
    "literal_error": _("Choose one of: %(expected)s."),
    "list_type": _("This must be a list."),
    "too_short": _("Give at least %(min_length)s."),
    "too_long": _("Give at most %(max_length)s."),
    "model_type": _("This must be an object."),
    "model_attributes_type": _("This must be an object."),
    "dict_type": _("This must be an object."),
    "day": _("Give a day as 2020-03-15, from 2000 to 2999."),
    "phone": _("Enter a mobile phone number of 11 digits, or a landline with its area code."),
    "twice": _("Name each one once only."),
}
OTHER = _("This value cannot be used.")


def explanation(error: dict[str, Any]) -> str:
    """What is wrong and what would do."""
    context: Mapping[str, Any] = error.get("ctx", {})
    return str(WORDS.get(error["type"], OTHER)) % context
