"""The audit trail in words: kinds of objects and actions as people call them."""

from django.utils.translation import gettext_lazy as _

from catalog.partner.models import SupplierMembership
from catalog.recognition.models import Recognition
from catalog.unsold_offers.status import Status as OfferStatus
from marketplace.institutions.models import InstitutionMembership
from marketplace.order.status import Fulfilment
from marketplace.procurement.models import Cancellation, PurchaseRequest
from supplier_villages.offices.levels import OfficeLevel

KINDS = {
    "accounts.user": _("User"),
    "offices.office": _("Office"),
    "partner.partner": _("Supplier"),
    "institutions.institution": _("Institution"),
    "unsold_offers.unsoldoffer": _("Unsold product"),
    "recognition.recognition": _("Recognition"),
    "partner.stockrecord": _("Stock and price"),
    "procurement.purchaserequest": _("Purchase request"),
    "order.order": _("Order"),
}
ACTIONS = {
    "accounts.registered": _("registered"),
    "accounts.created": _("account opened"),
    "accounts.logged_in": _("logged in"),
    "accounts.details_changed": _("name or e-mail changed"),
    "accounts.password_changed": _("password changed"),
    "accounts.password_link_issued": _("password link made"),
    "accounts.password_link_revoked": _("password link revoked"),
    "accounts.password_set_by_link": _("password set by link"),
    "accounts.deactivated": _("account switched off"),
    "accounts.activated": _("account switched on"),
    "offices.created": _("office opened"),
    "offices.member_added": _("member added"),
    "offices.member_removed": _("member removed"),
    "partner.admitted": _("supplier admitted"),
    "partner.villages_set": _("villages set"),
    "partner.member_added": _("member added"),
    "partner.member_removed": _("member removed"),
    "partner.stock_set": _("stock set"),
    "partner.price_set": _("price set"),
    "institutions.roles_changed": _("roles changed"),
    "unsold_offers.started": _("listing begun"),
    "unsold_offers.goods_saved": _("goods described"),
    "unsold_offers.terms_saved": _("price and last day given"),
    "unsold_offers.submitted": _("handed in for recognition"),
    "unsold_offers.price_changed": _("price changed"),
    "unsold_offers.recognised": _("recognised"),
    "unsold_offers.returned": _("returned to the village"),
    "unsold_offers.withdrawn": _("taken off sale"),
    "unsold_offers.expired": _("last day of sale over"),
    "unsold_offers.escalated": _("city told of those who wait"),
    "recognition.recognised": _("recognised"),
    "recognition.revoked": _("recognition revoked"),
    "procurement.request_submitted": _("submitted for approval"),
    "procurement.request_approved": _("approved"),
    "procurement.request_rejected": _("rejected"),
    "procurement.request_withdrawn": _("withdrawn"),
    "procurement.request_expired": _("expired undecided"),
    "procurement.order_confirmed": _("order taken"),
    "procurement.order_cancelled": _("goods cancelled"),
    "procurement.order_shipped": _("goods shipped"),
    "procurement.order_received": _("goods checked"),
    "procurement.goods_returned": _("goods sent back"),
    "procurement.payment_recorded": _("payment recorded"),
    "procurement.payment_confirmed": _("payment confirmed"),
    "demo.loaded": _("demo loaded"),
}
ACTORS = {"system": _("the system"), "visitor": _("a visitor")}
ROLES = {**dict(InstitutionMembership.Role.choices), **dict(SupplierMembership.Role.choices)}
VALUES = {
    "level": dict(OfficeLevel.choices),
    "role": ROLES,
    "roles": ROLES,
    "directory": dict(Recognition.Directory.choices),
}
# The same field of several kinds of objects.
VALUES_OF_KIND = {
    ("order.order", "status"): dict(Fulfilment.choices),
    ("order.order", "kind"): dict(Cancellation.Kind.choices),
    ("procurement.purchaserequest", "status"): dict(PurchaseRequest.Status.choices),
    ("unsold_offers.unsoldoffer", "status"): dict(OfferStatus.choices),
}
FIELDS = {
    "username": _("user name"),
    "phone": _("mobile phone number"),
    "email": _("e-mail address"),
    "name": _("name"),
    "is_staff": _("operator's staff"),
    "expires_at": _("valid until"),
    "region": _("region"),
    "level": _("level"),
    "user": _("user"),
    "members": _("members"),
    "role": _("role"),
    "roles": _("roles"),
    "admitted_at": _("admitted at"),
    "villages": _("villages"),
    "available": _("can be bought"),
    "quantity": _("quantity"),
    "price": _("unit price"),
    "tiers": _("bulk prices"),
    "sell_by": _("last day of sale"),
    "status": _("status"),
    "reason": _("reason"),
    "offers": _("unsold offers"),
    "directory": _("directory"),
    "number": _("certificate number"),
    "valid_from": _("valid from"),
    "valid_until": _("valid until, exclusive"),
    "lines": _("number of products"),
    "total_fen": _("total"),
    "purchase": _("purchase number"),
    "kind": _("kind"),
    "confirmed": _("confirmed"),
    "short": _("cannot be supplied"),
    "cancelled": _("cancelled"),
    "shipment": _("shipment"),
    "shipped": _("shipped"),
    "receipt": _("receipt"),
    "returned": _("returned"),
    "payment": _("payment"),
    "amount_fen": _("amount"),
    "seed": _("random seed"),
}
