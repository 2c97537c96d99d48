"""What a supplier sees and does, page by page."""
