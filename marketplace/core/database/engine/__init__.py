"""Django's PostgreSQL engine, which does not wait for ever: what DATABASES names as ENGINE."""
