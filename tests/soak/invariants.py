"""What must hold at every moment, whatever happened: the checks of verify_sales and verify_stock."""

from datetime import datetime

from marketplace.county_figures import stock_checks, verification
from marketplace.county_figures.management.commands.verify_sales import ALWAYS


def violations(now: datetime) -> list[str]:
    """Every difference between figures, journal, orders and stock; none if all is well."""
    found = [*verification.differences(ALWAYS), *stock_checks.differences(now)]
    return [str(difference) for difference in found]
