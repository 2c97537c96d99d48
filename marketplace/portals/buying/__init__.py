"""What everybody who buys sees and does, for an institution or for themselves."""
