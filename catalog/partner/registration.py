"""What suppliers and institutions obey alike: a name, once in a region, and a code of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.partner.uscc import validate_uscc

if TYPE_CHECKING:
    from django.db.models import QuerySet


def problems_of(others: QuerySet[Any], *, name: str, uscc: str | None, region_id: str) -> dict[str, str]:
    """Field → what is wrong and what to do; nothing if all is well.

    `others` are those that are there already, with `name`, `uscc` and `region`; at most two queries.
    """
    problems = {"name": _name_problem(others, name, region_id), "uscc": _code_problem(others, uscc)}
    return {field: problem for field, problem in problems.items() if problem}


def _name_problem(others: QuerySet[Any], name: str, region_id: str) -> str:
    if not name.strip():
        return _("Enter the name as it stands on the licence.")
    if others.filter(name=name, region_id=region_id).exists():
        return _("%(name)s is registered in this region already. Search for it in the list.") % {"name": name}
    return ""


def _code_problem(others: QuerySet[Any], uscc: str | None) -> str:
    if uscc is None:
        return ""
    try:
        validate_uscc(uscc)
    except ValidationError as error:
        return error.messages[0]
    holder = others.filter(uscc=uscc).values_list("name", flat=True).first()
    if holder is None:
        return ""
    return _("%(name)s has this code already. Search for it in the list.") % {"name": holder}
