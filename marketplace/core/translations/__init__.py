"""Collecting, keeping and compiling translations with Python alone: no GNU gettext needed."""
