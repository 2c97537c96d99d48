"""Whether the site works."""

from typing import Literal

from pydantic import BaseModel

State = Literal["ok", "failed"]


class HealthOut(BaseModel):
    """The whole, and each dependency by its name."""

    status: State
    checks: dict[str, State]
