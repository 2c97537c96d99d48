"""The individuals' pages."""
