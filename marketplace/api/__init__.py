"""The API under /api/v1/: schemas and endpoints; rules and permissions are those of the pages."""
