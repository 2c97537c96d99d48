"""Which tables make up goods and trade, each after those that it points at; what is a copy's own."""

from typing import TypeAlias

from django.db.models import Model

from catalog.catalogue.models import Product, ProductCategory, ProductImage
from catalog.partner.models import PriceTier, Reservation, StockMovement, StockRecord
from catalog.recognition.models import Recognition
from catalog.unsold_offers.models import UnsoldOffer
from marketplace.order.models import Line, Order, Purchase
from marketplace.procurement.models import (
    Cancellation,
    CancellationLine,
    ComplianceCertificate,
    Decision,
    OnlinePayment,
    Payment,
    PaymentAllocation,
    PurchaseRequest,
    Receipt,
    ReceiptLine,
    RequestLine,
    Return,
    ReturnLine,
    Shipment,
    ShipmentLine,
)
from marketplace.sales_journal.models import JournalEntry, SalesEvent

Table: TypeAlias = type[Model]
GOODS: list[Table] = [
    Product,
    ProductCategory,
    ProductImage,
    StockRecord,
    PriceTier,
    UnsoldOffer,
    Recognition,
]
TRADE: list[Table] = [
    Purchase,
    PurchaseRequest,
    RequestLine,
    Decision,
    OnlinePayment,
    Order,
    Line,
    Cancellation,
    CancellationLine,
    Shipment,
    ShipmentLine,
    ComplianceCertificate,
    Receipt,
    ReceiptLine,
    Return,
    ReturnLine,
    Payment,
    PaymentAllocation,
    Reservation,
    StockMovement,
    SalesEvent,
    JournalEntry,
]
# Columns that hold a copied row's number without a foreign key to it: the journal outlives what it was
# written from.
POINTERS: dict[tuple[Table, str], Table] = {
    (JournalEntry, "source_order_id"): Order,
    (JournalEntry, "source_line_id"): Line,
    (JournalEntry, "product_id"): Product,
}
_KEPT_FOR = """
CASE split_part(kept.source_key, ':', 1)
    WHEN 'order' THEN 'order:' || split_part(kept.source_key, ':', 2)::bigint + {order_Order}
    WHEN 'request' THEN
        'request:' || split_part(kept.source_key, ':', 2)::bigint + {procurement_PurchaseRequest}
    ELSE kept.source_key
END
"""
# SQL for columns whose value is the copy's own; {order_Order} in it is what a copy adds to an order's number.
# A purchase's names have a check character: `large.copy_purchases` gives them.
NAMES: dict[tuple[Table, str], str] = {
    (Product, "title"): "kept.title || '·' || copy.number",
    (StockRecord, "partner_sku"): "kept.partner_sku || '-' || copy.number",
    (UnsoldOffer, "draft_key"): "kept.draft_key || '-' || copy.number",
    (PurchaseRequest, "key"): "kept.key || '-' || copy.number",
    (OnlinePayment, "transaction"): "kept.transaction || '-' || copy.number",
    (Order, "number"): """
        (SELECT number FROM order_purchase WHERE id = kept.purchase_id + {order_Purchase})
        || right(kept.number, 3)""",
    (Reservation, "source_key"): _KEPT_FOR,
    (StockMovement, "source_key"): _KEPT_FOR,
    (SalesEvent, "key"): "kept.key || '#' || copy.number",
    (JournalEntry, "line_key"): """
        'line:' || kept.source_line_id + {order_Line}
        || substr(kept.line_key, length('line:' || kept.source_line_id) + 1)""",
}
