"""The shop: the site's root."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from wagtail.views import serve as serve_page

from marketplace.core.strangers import same_for_strangers
from marketplace.portals.shop.views import basket, favourites, listings, products

app_name = "shop"
urlpatterns = [
    # The front page is Wagtail's; this gives it a name beside the others.
    path("", login_not_required(same_for_strangers(serve_page)), {"path": ""}, name="home"),
    path("products/", listings.products, name="products"),
    path("category/<str:slug>/", listings.category, name="category"),
    path("county/", listings.county_halls, name="county_halls"),
    path("county/<str:code>/", listings.county, name="county"),
    path("product/<int:pk>/", products.product, name="product"),
    path("favourites/", favourites.favourite_list, name="favourites"),
    path("favourites/<int:pk>/add/", favourites.favourite_add, name="favourite_add"),
    path("favourites/<int:pk>/remove/", favourites.favourite_remove, name="favourite_remove"),
    path("basket/", basket.basket, name="basket"),
    path("basket/set/", basket.basket_set, name="basket_set"),
]
