"""What is measured, side by side where there is something to compare with; no tests, no time limits."""
