"""The kinds of pages; cms.models names them for Django."""
