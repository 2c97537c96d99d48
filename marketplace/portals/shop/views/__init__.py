"""The shop's pages: listings, a product, the basket."""
