"""A payment gateway that is away while a file says so."""

import os
from pathlib import Path

from marketplace.procurement.gateways import Charge
from marketplace.procurement.gateways.sandbox import SandboxGateway

AWAY = "GATEWAY_AWAY_FILE"


class AbsentGateway(SandboxGateway):
    """The sandbox, whose adapter has waited long enough where it is away."""

    def start(self, charge: Charge) -> str:
        """As the sandbox, or as an adapter that has given up."""
        if Path(os.environ[AWAY]).exists():
            raise TimeoutError("the gateway does not answer")
        return super().start(charge)
