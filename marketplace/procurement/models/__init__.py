"""Procurement's rows: requests and decisions, addresses, what happened to the goods and to the money."""

from marketplace.procurement.models.addresses import DeliveryAddress
from marketplace.procurement.models.fulfilment import (
    Cancellation,
    CancellationLine,
    ComplianceCertificate,
    Receipt,
    ReceiptLine,
    Return,
    ReturnLine,
    Shipment,
    ShipmentLine,
)
from marketplace.procurement.models.payments import OnlinePayment, Payment, PaymentAllocation
from marketplace.procurement.models.requests import Decision, PurchaseRequest, RequestLine

__all__ = [
    "Cancellation",
    "CancellationLine",
    "ComplianceCertificate",
    "Decision",
    "DeliveryAddress",
    "OnlinePayment",
    "Payment",
    "PaymentAllocation",
    "PurchaseRequest",
    "Receipt",
    "ReceiptLine",
    "RequestLine",
    "Return",
    "ReturnLine",
    "Shipment",
    "ShipmentLine",
]
