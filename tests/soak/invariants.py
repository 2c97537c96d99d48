"""What must hold at every moment, whatever happened: the checks of verify_sales and verify_stock."""

from datetime import datetime

from marketplace.core.periods import Window, shanghai_day
from marketplace.county_figures import stock_checks, verification


def violations(now: datetime) -> list[str]:
    """Every difference in this year's figures, journal and orders and in the stock; none if all is well."""
    year = Window.year(shanghai_day(now))
    found = [*verification.differences(year), *stock_checks.differences(now)]
    return [str(difference) for difference in found]
