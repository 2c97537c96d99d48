"""Who may do what with requests and orders; nobody unless a membership says so.

What an individual bought for themselves is theirs alone: they are their own requester, receiver and finance.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from catalog.partner import permissions as supplier_permissions
from marketplace.accounts.models import User
from marketplace.core.permissions import require
from marketplace.institutions.models import Institution
from marketplace.institutions.permissions import Role, has_role
from marketplace.order.models import Order
from marketplace.procurement.models import PurchaseRequest


def can_submit(user: User, institution: Institution) -> bool:
    """A requester of the institution."""
    return has_role(user, institution.pk, Role.REQUESTER)


def can_keep_addresses(user: User, institution: Institution | None) -> bool:
    """Who asks for goods for the institution keeps its delivery addresses; everybody keeps their own."""
    return institution is None or can_submit(user, institution)


def can_decide(user: User, request: PurchaseRequest) -> bool:
    """An approver of the institution who is not the requester; nobody for an individual's."""
    if request.institution_id is None or request.requester_id == user.pk:
        return False
    return has_role(user, request.institution_id, Role.APPROVER)


def require_decider(user: User, request: PurchaseRequest) -> None:
    """Goes on only for who may decide about the request.

    Raises:
        PermissionDenied: no approver of the institution; or the requester, whatever they are besides.
    """
    if request.requester_id == user.pk:
        raise PermissionDenied(_("Nobody decides about their own request: another approver must do it."))
    require(allowed=can_decide(user, request))


def can_withdraw(user: User, request: PurchaseRequest) -> bool:
    """The requester, as long as they belong to the institution."""
    if request.requester_id != user.pk:
        return False
    return request.institution_id is None or has_role(user, request.institution_id, Role.REQUESTER)


def can_pay_online(user: User, request: PurchaseRequest) -> bool:
    """The individual whose request it is; an institution's is approved, never paid at once."""
    return request.institution_id is None and request.requester_id == user.pk


def can_receive(user: User, order: Order) -> bool:
    """A receiver of the buying institution, or the individual who bought."""
    return buyer_has(user, order, Role.RECEIVER)


def can_cancel_as_buyer(user: User, order: Order) -> bool:
    """A requester of the buying institution, or the individual who bought."""
    return buyer_has(user, order, Role.REQUESTER)


def can_pay(user: User, order: Order) -> bool:
    """The buying institution's finance, or the individual who bought."""
    return buyer_has(user, order, Role.FINANCE)


def can_supply(user: User, order: Order) -> bool:
    """Who handles the goods of the order's supplier: takes the order, ships, cancels."""
    return supplier_permissions.can_handle_goods(user, order.supplier_id)


def can_settle(user: User, order: Order) -> bool:
    """Who handles the money of the order's supplier: confirms payments, records repayments."""
    return supplier_permissions.can_handle_money(user, order.supplier_id)


def buyer_has(user: User, order: Order, role: Role) -> bool:
    """Whether the user holds the role in the institution that bought, or bought for themselves."""
    purchase = order.purchase
    if purchase.institution_id is None:
        return purchase.buyer_id == user.pk
    return has_role(user, purchase.institution_id, role)
