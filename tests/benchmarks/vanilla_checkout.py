"""What Oscar's checkout does to the database: see PaymentDetailsView.submit, OrderPlacementMixin."""

from typing import Any

from oscar.core.loading import get_class, get_model

from marketplace.accounts.models import User

# Oscar's own classes: the types of our forks would be wrong for them.
Applicator = get_class("offer.applicator", "Applicator")
Basket = get_model("basket", "Basket")
OrderCreator = get_class("order.utils", "OrderCreator")
OrderNumberGenerator = get_class("order.utils", "OrderNumberGenerator")
OrderTotalCalculator = get_class("checkout.calculators", "OrderTotalCalculator")
Repository = get_class("shipping.repository", "Repository")
Selector = get_class("partner.strategy", "Selector")
ShippingAddress = get_model("order", "ShippingAddress")


def open_basket(user: User) -> Any:
    """The user's basket as the middleware makes it ready."""
    basket, _created = Basket.open.get_or_create(owner=user)
    basket.owner = user
    basket.strategy = Selector().strategy(user=user)
    if not basket.is_empty:
        Applicator().apply(basket, user)
    return basket


def place(user: User) -> Any:
    """The order that the user's basket has become, its stock allocated, with free shipping."""
    basket = open_basket(user)
    address = ShippingAddress(
        first_name="李",
        last_name="明",
        line1="黄岐山大道1号",
        line4="揭阳",
        postcode="522000",
        country_id="CN",
    )
    method = Repository().get_default_shipping_method(basket=basket, user=user, shipping_addr=address)
    charge = method.calculate(basket)
    total = OrderTotalCalculator().calculate(basket, charge)
    basket.freeze()
    address.save()
    order = OrderCreator().place_order(
        user=user,
        order_number=OrderNumberGenerator().order_number(basket),
        basket=basket,
        shipping_address=address,
        shipping_method=method,
        shipping_charge=charge,
        total=total,
    )
    basket.submit()
    return order
