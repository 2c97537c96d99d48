"""The one exception of this package."""


class ServersError(Exception):
    """Why PostgreSQL or Valkey cannot be used and what to do about it, for the person at the terminal."""
