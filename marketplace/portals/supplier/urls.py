"""The suppliers' portal: /supplier/."""

from django.urls import path

from marketplace.portals.members.urls import member_urls
from marketplace.portals.supplier.access import members_only
from marketplace.portals.supplier.views import details, home, listing, members, offers, orders, payments

app_name = "supplier"
urlpatterns = [
    path("", home.home, name="home"),
    path("offers/", offers.offer_list, name="offers"),
    path("offers/new/", listing.new, name="offer_new"),
    path("offers/<int:pk>/", offers.offer_page, name="offer"),
    path("offers/<int:pk>/photo/", listing.photo, name="offer_photo"),
    path("offers/<int:pk>/goods/", listing.goods, name="offer_goods"),
    path("offers/<int:pk>/terms/", listing.terms, name="offer_terms"),
    path("offers/<int:pk>/check/", listing.check, name="offer_check"),
    path("offers/<int:pk>/price/", offers.price, name="offer_price"),
    path("offers/<int:pk>/stock/", offers.stock, name="offer_stock"),
    path("offers/<int:pk>/withdraw/", offers.withdraw, name="offer_withdraw"),
    path("orders/", orders.order_list, name="orders"),
    path("orders/<slug:number>/", orders.order_page, name="order"),
    path("orders/<slug:number>/confirm/", orders.confirm, name="order_confirm"),
    path("orders/<slug:number>/confirm-less/", orders.confirm_less, name="order_confirm_less"),
    path("orders/<slug:number>/refuse/", orders.refuse, name="order_refuse"),
    path("orders/<slug:number>/cancel/", orders.cancel, name="order_cancel"),
    path("orders/<slug:number>/ship/", orders.ship, name="order_ship"),
    path("orders/<slug:number>/repay/", payments.repay, name="order_repay"),
    path("orders/<slug:number>/payments/<int:pk>/confirm/", payments.confirm_payment, name="payment_confirm"),
    path("members/", members.of_current, name="members_of_current"),
    path("members/<int:pk>/", members.member_list, name="members"),
    *member_urls("members/<int:pk>/", "", guard=members_only, desk_of=members.desk_of),
    path("details/", details.of_current, name="details_of_current"),
    path("details/<int:pk>/", details.details, name="details"),
]
