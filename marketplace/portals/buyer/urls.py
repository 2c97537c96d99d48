"""The buyers' portal: /buyer/."""

from django.urls import path

from marketplace.portals.addresses.urls import address_urls
from marketplace.portals.buyer.access import members_only
from marketplace.portals.buyer.views import (
    addresses,
    home,
    members,
    moves,
    orders,
    payments,
    purchases,
    requests,
    submit,
)
from marketplace.portals.members.urls import member_urls

app_name = "buyer"
urlpatterns = [
    path("", home.home, name="home"),
    path("baskets/", home.baskets, name="baskets"),
    path("submit/", submit.submit, name="submit"),
    path("submit/<int:institution_pk>/", submit.submit, name="submit"),
    path("requests/", requests.request_list, name="requests"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/approve/", requests.approve, name="approve"),
    path("requests/<int:pk>/reject/", requests.reject, name="reject"),
    path("requests/<int:pk>/withdraw/", requests.withdraw, name="withdraw"),
    path("purchases/", purchases.purchase_list, name="purchases"),
    path("purchases/<slug:number>/", purchases.purchase_page, name="purchase"),
    path("purchases/<slug:number>/statement/", purchases.statement, name="statement"),
    path("orders/", orders.order_list, name="orders"),
    path("orders/<slug:number>/", orders.order_page, name="order"),
    path("orders/<slug:number>/accept/", moves.accept, name="accept"),
    path("orders/<slug:number>/cancel/", moves.cancel, name="cancel"),
    path("orders/<slug:number>/return/", moves.give_back, name="return"),
    path("orders/<slug:number>/pay/", payments.pay, name="pay"),
    path(
        "orders/<slug:number>/repayments/<int:pk>/confirm/",
        payments.confirm_repayment,
        name="confirm_repayment",
    ),
    path("addresses/", addresses.of_current, name="addresses_of_current"),
    *address_urls("addresses/<int:pk>/", guard=members_only, desk_of=addresses.desk_of),
    path("members/", members.of_current, name="members_of_current"),
    path("members/<int:pk>/", members.member_list, name="members"),
    *member_urls("members/<int:pk>/", "", guard=members_only, desk_of=members.desk_of),
]
