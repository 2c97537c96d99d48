"""What goes in and what comes out. Amounts are whole fen, tax included; weights grams; days Asia/Shanghai."""
