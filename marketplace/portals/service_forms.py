"""Forms whose rules are a service's."""

from collections.abc import Mapping

from django import forms


class ServiceForm(forms.Form):
    """A form that puts what the service refuses beside the field."""

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Field → what to do; what is about no field of this form stands above it."""
        for field, problem in problems.items():
            self.add_error(field if field in self.fields else None, problem)

    def carry(self, seen: int | None) -> None:
        """How things stand now, which has been said: it is what the form was made from, from here on."""
        if seen is not None:
            self.data = dict(self.data.items()) | {"seen": seen}
