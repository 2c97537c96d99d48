"""Favourites (收藏): the products that a person has marked, on one of Oscar's wish lists for each."""
