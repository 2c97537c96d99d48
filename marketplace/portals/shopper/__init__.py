"""The pages of individuals who buy for themselves: check out, pay, follow an order, confirm its receipt."""
