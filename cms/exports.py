"""Wagtail's tables as CSV: a title like =1+1 stays text in a spreadsheet, as it does in its XLSX."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from marketplace.county_figures.exports import safe_text


def write_csv_row(self: SpreadsheetExportMixin, writer: Any, row_dict: dict[str, Any]) -> Any:
    """The row written, each text with a ' before it that a spreadsheet would take for a formula."""
    values = {
        field: self.preprocess_field_value(field, value, self.FORMAT_CSV) for field, value in row_dict.items()
    }
    return writer.writerow(
        {field: safe_text(value) if isinstance(value, str) else value for field, value in values.items()}
    )


def escape_formulas() -> None:
    """All of Wagtail's exports do so from now on: their views have no other place in common."""
    SpreadsheetExportMixin.write_csv_row = write_csv_row
