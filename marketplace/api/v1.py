"""Version 1 of the API, put together."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from marketplace.api import faults
from marketplace.api.endpoints import (
    campaigns,
    figures,
    health,
    orders,
    payments,
    products,
    regions,
    requests,
)
from marketplace.api.openapi import Api

api = Api(
    title=_("Marketplace API"),
    version="1",
    description=_("What the pages do, for another system, by the same rules."),
    urls_namespace="api-v1",
    docs_url=None,
)
faults.register(api)
for prefix, module in (
    ("/health", health),
    ("/regions", regions),
    ("/products", products),
    ("/campaigns", campaigns),
    ("/requests", requests),
    ("/orders", orders),
    ("/payments", payments),
    ("/figures", figures),
):
    api.add_router(prefix, module.router)
