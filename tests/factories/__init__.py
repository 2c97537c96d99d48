"""Rows for tests, made by plain functions with explicit values."""
