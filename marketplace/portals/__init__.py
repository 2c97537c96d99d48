"""Views, forms and urls for each kind of user; no rules of their own."""
