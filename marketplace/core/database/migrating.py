"""Three hundred migrations in a row: what Django does again with each of them, done once."""

import copy
import functools
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Field

AnyField = TypeVar("AnyField", bound="Field[Any, Any]")


@contextmanager
def quick_states() -> Iterator[None]:
    """In this block Django renders the states of migrations in less than half the time.

    Each foreign key of each rendered model asks for the setting that swaps its target. Django keeps the
    answers, because they never change, but in one cache that every state's registry empties. Each rendered
    model gets fields of its own, which Django makes anew from their arguments; here they are copied. And the
    garbage collector need not look at what was there before: it is not garbage afterwards either.
    """
    original = Field.clone
    vars(apps)["get_swappable_settings_name"] = functools.cache(apps.get_swappable_settings_name)
    Field.clone = copied  # type: ignore[method-assign, assignment]
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        Field.clone = original  # type: ignore[method-assign]
        del vars(apps)["get_swappable_settings_name"]


def copied(field: AnyField) -> AnyField:
    """An equal field for another model, as Django's abstract models hand theirs on."""
    made = copy.deepcopy(field)
    vars(made).pop("related_model", None)  # Kept since somebody asked; the new one's may be another.
    return made
