"""Delivery addresses that buyers keep: an institution's in its portal, a person's own in their account."""
