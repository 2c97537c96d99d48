"""The demo many times over: enough rows to measure with, made by a few statements and sound to the fen."""
