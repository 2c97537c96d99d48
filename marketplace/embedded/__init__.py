"""Embedded PostgreSQL and Valkey: running while somebody needs them, gone within seconds when nobody does.

`with lease(): …` is all that the rest of the project uses. Nothing here imports Django or our apps, because
it runs before settings can be read.
"""

from marketplace.embedded.errors import ServersError
from marketplace.embedded.lease import VARIABLES, Lease, acquire, lease

__all__ = ["VARIABLES", "Lease", "ServersError", "acquire", "lease"]
