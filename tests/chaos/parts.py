"""The parts of the site, each as one request that somebody makes."""

from __future__ import annotations

import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from django.utils import timezone
from PIL import Image

from catalog.partner.models import StockRecord
from marketplace.access_tokens.memberships import Kind
from marketplace.accounts.models import User
from tests.factories import trade
from tests.factories.access_tokens import make_token
from tests.factories.users import session_of

BROKEN = 0  # no answer at all
PATIENCE_SECONDS = 30
BOUNDARY = "a-boundary"


@dataclass(frozen=True)
class Answer:
    """The status (0: none came), how long it took, and what stood there."""

    status: int
    seconds: float
    text: str


Part = Callable[[], Answer]


def ask(
    url: str, *, headers: dict[str, str] | None = None, data: bytes | None = None, method: str = ""
) -> Answer:
    """What the site answers; redirects are not followed."""
    request = urllib.request.Request(
        url, data=data, headers=headers or {}, method=method or ("GET" if data is None else "POST")
    )
    begun = time.monotonic()
    try:
        with OPENER.open(request, timeout=PATIENCE_SECONDS) as answer:
            status, text = answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        with error:
            status, text = error.code, error.read().decode(errors="replace")
    except (OSError, HTTPException):
        status, text = BROKEN, ""
    return Answer(status, time.monotonic() - begun, text)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


OPENER = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))


class Users:
    """The people who use the site of this address, and what they have begun."""

    def __init__(self, url: str, media: Path, *, requests: int) -> None:
        self.url = url
        trade.land()
        self.now = timezone.now()
        self.school, self.farm, self.shopper = trade.unit(), trade.seller(), trade.shopper()
        self.record: StockRecord = trade.goods(self.farm, self.now, available=1_000_000)
        self.buyer = self._token(self.school.requester)
        self.approver = self._token(self.school.approver)
        self._browsers = {
            user: self._browser(user)
            for user in (self.school.requester, self.school.approver, self.shopper, self.farm.cadre)
        }
        self._pending = self._submitted(requests)
        self._unpaid = trade.checked_out(self.shopper, {self.record.pk: 1}, self.now, "unpaid")
        (media / "picture.jpg").write_bytes(picture())
        self._numbers = count(1)
        self._village = str(self.farm.supplier.supplier_villages.get().pk)

    def parts(self) -> dict[str, Part]:
        """Name → the request."""
        return {
            "front page": lambda: self._page("/"),
            "listing": lambda: self._page("/products/"),
            "product": lambda: self._page(f"/product/{self.record.product_id}/"),
            "basket": lambda: self._page("/basket/", self.school.requester),
            "portal": lambda: self._page("/buyer/", self.school.approver),
            "API": lambda: self._page("/api/v1/products"),
            "submit": self.submit,
            "approve": self.approve,
            "pay online": self.pay,
            "picture": lambda: self._page("/media/picture.jpg"),
            "upload": self.upload,
        }

    def submit(self) -> Answer:
        """Another request through the API."""
        body = {
            "lines": [{"stock_record_id": self.record.pk, "quantity": 1}],
            "delivery": {
                "region_code": "445202",
                "address": "黄岐山大道1号",
                "recipient": "李明",
                "recipient_phone": "13800138000",
            },
            "purpose": "食堂采购",
        }
        return self._call("/requests", self.buyer, body, key=secrets.token_hex(8))

    def approve(self) -> Answer:
        """The next request that waits is approved."""
        return self._call(f"/requests/{next(self._pending)}/approve", self.approver, {})

    def pay(self) -> Answer:
        """The individual is led to the gateway."""
        return self._send(f"/account/purchases/{self._unpaid.pk}/pay/", self.shopper, {})

    def upload(self) -> Answer:
        """A new offer with its photo."""
        values = {"village": self._village, "draft_key": f"draft-{next(self._numbers)}"}
        return self._send("/supplier/offers/new/", self.farm.cadre, values, photo=picture())

    def _page(self, path: str, user: User | None = None) -> Answer:
        headers = {"Cookie": self._browsers[user]} if user else {}
        return ask(f"{self.url}{path}", headers={**headers, "X-Forwarded-For": self._address()})

    def _call(self, path: str, token: str, body: dict[str, Any], *, key: str = "") -> Answer:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        headers["X-Forwarded-For"] = self._address()
        return ask(f"{self.url}/api/v1{path}", headers=headers, data=json.dumps(body).encode())

    def _send(self, path: str, user: User, values: dict[str, str], *, photo: bytes = b"") -> Answer:
        """A form; the token that a browser takes from the page is in its cookie as well."""
        secret = "a" * 32
        headers = {
            "Cookie": f"{self._browsers[user]}; csrftoken={secret}",
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "X-Forwarded-For": self._address(),
        }
        data = form({**values, "csrfmiddlewaretoken": secret}, photo)
        return ask(f"{self.url}{path}", headers=headers, data=data)

    @staticmethod
    def _address() -> str:
        """Everybody has their own: an address has a limit."""
        return f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}"

    def _token(self, user: User) -> str:
        return make_token(user, Kind.INSTITUTION, self.school.institution.pk, self.now).secret

    @staticmethod
    def _browser(user: User) -> str:
        return f"sessionid={session_of(user)}"

    def _submitted(self, number: int) -> Iterator[int]:
        quantities = {self.record.pk: 1}
        made = [trade.submitted(self.school, quantities, self.now, f"k{n}").pk for n in range(number)]
        return iter(made)


def form(values: dict[str, str], photo: bytes) -> bytes:
    """A form as a browser sends it."""
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in values.items()]
    if photo:
        parts.append(b'name="photo"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' + photo)
    opened = [f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode() + part + b"\r\n" for part in parts]
    return b"".join(opened) + f"--{BOUNDARY}--\r\n".encode()


def picture() -> bytes:
    """A small JPEG."""
    content = BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    return content.getvalue()
