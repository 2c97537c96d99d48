"""Managing an organisation's members: the same pages for its own head and for the operator."""
