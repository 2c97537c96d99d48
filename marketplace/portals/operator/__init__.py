"""The platform operator's pages."""
