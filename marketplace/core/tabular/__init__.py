"""CSV files that people made: declared columns in, rows out, or every mistake with row, column and remedy."""

from marketplace.core.tabular.cells import CellError, choice, day, digits, text, whole_number
from marketplace.core.tabular.columns import Column
from marketplace.core.tabular.errors import RowError, TableError
from marketplace.core.tabular.reading import Row, read_table

__all__ = [
    "CellError",
    "Column",
    "Row",
    "RowError",
    "TableError",
    "choice",
    "day",
    "digits",
    "read_table",
    "text",
    "whole_number",
]
