"""What a compliance certificate (承诺达标合格证) can say by itself."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.order.models import Line, Order
from supplier_villages.regions.queries import paths_of

# The promise of the certificate for edible farm products (农质发〔2019〕6号), as it is printed.
PROMISE = (
    "我承诺对产品质量安全以及合格证真实性负责：不使用禁限用农药兽药，不使用非法添加物，"
    "遵守农药安全间隔期、兽药休药期规定，销售的食用农产品符合农药兽药残留食品安全国家强制性标准。"
)


@dataclass(frozen=True, slots=True)
class KnownFields:
    """Those of a certificate's fields that product, supplier and village answer."""

    product_name: str
    producer: str
    origin: str
    contact: str


def known_fields(order: Order, lines: list[Line]) -> dict[int, KnownFields]:
    """Line id → what is known, for the lines that need a certificate; one query for all places."""
    needing = [line for line in lines if line.needs_certificate]
    paths = paths_of({line.village_code for line in needing if line.village_code})
    return {
        line.pk: KnownFields(
            product_name=line.title[:100],
            producer=order.supplier.name[:100],
            origin=paths.get(line.village_code, ""),
            contact=order.supplier.contact_phone,
        )
        for line in needing
    }


def weight_text(line: Line, quantity: int) -> str:
    """So many sale units in kilograms, as a certificate says it; "" where the weight is not known."""
    kilograms = f"{line.net_weight_grams * quantity / 1000:,.2f}".rstrip("0").rstrip(".")
    return f"{kilograms} 公斤" if line.net_weight_grams else ""
