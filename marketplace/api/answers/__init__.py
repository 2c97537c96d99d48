"""Rows as answers; no query beside those that read the rows."""
