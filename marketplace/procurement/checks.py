"""What Django checks about procurement before it starts."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from marketplace.procurement.gateways import gateway_in_use


@register(Tags.security, deploy=True)
def production_takes_real_money(**_: Any) -> list[CheckMessage]:
    """A sandbox has no place where people believe that they have paid."""
    gateway = gateway_in_use()
    if gateway is None or not gateway.is_sandbox:
        return []
    hint = "Name a real payment gateway in PAYMENT_GATEWAY, or leave it empty."
    return [Error("PAYMENT_GATEWAY is a sandbox, which moves no money.", hint=hint, id="procurement.E001")]
