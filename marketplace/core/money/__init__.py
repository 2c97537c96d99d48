"""Money in CNY: Decimal yuan or whole fen, never float."""
