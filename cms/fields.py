"""The field that holds a page's blocks."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Value
from wagtail.fields import StreamField


class BodyField(StreamField):
    """Wagtail's stream of blocks, which migrations see as the JSON that it is in the database.

    So a new block, or another word in one, needs no migration of every page type that has it,
    and a migration that reads pages keeps what it does not know: a list of {"type", "value", "id"}.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(block_types, **kwargs)

    def clone(self) -> BodyField:
        """The same field with its blocks, which `deconstruct` leaves out."""
        kwargs = models.Field.deconstruct(self)[3]
        return BodyField(self.block_types_arg, **kwargs)

    def deconstruct(self) -> Any:
        """A JSON column that is an empty list by default."""
        name, _path, _args, kwargs = models.Field.deconstruct(self)
        empty: Value = Value([], output_field=models.JSONField())
        return name, "django.db.models.JSONField", [], {**kwargs, "db_default": empty}
