"""Loading the demo: organisations, goods, a year of purchases; a repeat changes nothing."""

from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.core.audit import services as audit
from marketplace.core.audit.models import AuditEntry
from marketplace.core.database.commits import unhurried_commits
from marketplace.core.periods import shanghai_day
from marketplace.demo import campaigns, goods, kept, organisations, people, shopping, year
from marketplace.demo.organisations import SCHOOL
from marketplace.demo.pages import loading as pages
from marketplace.demo.rows import DATA
from supplier_villages.regions.assistance import import_pairs
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region

LOADED = "demo.loaded"


class DemoRefused(Exception):
    """The demo must not be loaded here."""


def load(*, seed: int, now: datetime) -> bool:
    """Loads the demo if it is not there yet; whether it did.

    Everything is relative to the day of `now`; the same seed and day give the same figures.

    Raises:
        DemoRefused: production, or the regions are missing.
    """
    require_possible()
    if AuditEntry.objects.filter(action=LOADED).exists():
        return False
    with unhurried_commits():
        build(seed, now)
    return True


def build(seed: int, now: datetime) -> None:
    """Everything that is missing, and at last the entry that says that nothing is."""
    start = now - timedelta(days=year.DAYS + 10)
    random = Random(seed)  # noqa: S311 -- a demo, not a secret
    users = people.logins()
    officers = organisations.officers(users)
    import_pairs(path=DATA / "pairs_2020.csv")
    organisations.pairs(shanghai_day(start))
    staffs = sorted(organisations.institutions(users), key=lambda staff: staff.institution.name != SCHOOL)
    sellers = organisations.sellers(users, random, start)
    on_sale = goods.on_sale(sellers, officers, random, start, now)
    goods.waiting(sellers, officers[goods.QUEUE_COUNTY], now)
    running = campaigns.made(users["demo-editor"], now)
    plans = year.plans(seed, staffs, on_sale, running, now)
    by_supplier = {seller.supplier.pk: seller for seller in sellers.values()}
    year.tell_all(plans, by_supplier)
    shopping.tell_all(shopping.plans(seed, on_sale, running, now), users["demo-shopper"], by_supplier)
    kept.addresses(users["demo-shopper"], staffs[0], now)
    kept.favourites([users["demo-shopper"], users["demo-requester"]], on_sale, by_supplier, now)
    pages.publish(users, on_sale, now)
    audit.record(action=LOADED, target=users["demo-operator"], after={"seed": seed})


def require_possible() -> None:
    """Goes on only where a demo may be and the regions are."""
    if not settings.DEMO_ALLOWED:
        raise DemoRefused(_("The demo is refused with production settings: its passwords are public."))
    if not Region.objects.at_level(Level.VILLAGE).exists():
        raise DemoRefused(_("There are no villages yet. Run manage.py import_regions first."))
