"""What individuals buy: /checkout/, /account/purchases/, /account/orders/; and what gateways tell us."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from marketplace.portals.addresses.urls import address_urls
from marketplace.portals.shopper.page import own_addresses
from marketplace.portals.shopper.views import checkout, gateways, orders, purchases

app_name = "shopper"
urlpatterns = [
    path("checkout/", checkout.check_out, name="checkout"),
    path("account/purchases/<int:pk>/", purchases.purchase, name="purchase"),
    path("account/purchases/<int:pk>/pay/", purchases.pay, name="pay_purchase"),
    path("account/purchases/<int:pk>/cancel/", purchases.cancel, name="cancel_purchase"),
    path("account/purchases/<int:pk>/statement/", purchases.statement, name="statement"),
    path("account/orders/", orders.order_list, name="orders"),
    path("account/orders/<slug:number>/", orders.order_page, name="order"),
    path("account/orders/<slug:number>/accept/", orders.accept, name="accept"),
    path("account/orders/<slug:number>/cancel/", orders.cancel, name="cancel"),
    path("account/orders/<slug:number>/return/", orders.give_back, name="return"),
    path(
        "account/orders/<slug:number>/repayments/<int:pk>/confirm/",
        orders.confirm_repayment,
        name="confirm_repayment",
    ),
    *address_urls("account/addresses/", guard=login_required, desk_of=own_addresses),
    path("payments/notify/", gateways.notify, name="notify"),
]
