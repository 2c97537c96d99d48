"""Who may do what: one row per address and method. Closed by default: an address without a row fails.

A role that is not in `who` is sent to the log-in (the stranger) or gets `denied`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.access.world import (
    APPROVER,
    BUYERS,
    CADRE,
    EVERYBODY,
    FINANCE,
    HEAD,
    MEMBERS,
    OFFICIAL,
    OPERATORS,
    PERSON,
    RECEIVER,
    REQUESTER,
    SELLERS,
    STRANGER,
    SUPPLIER_HEAD,
    World,
)

Kwargs = Callable[[World], Mapping[str, Any]]


def nothing(_world: World) -> Mapping[str, Any]:
    """An address without parameters."""
    return {}


@dataclass(frozen=True)
class Row:
    """What the roles in `who` get is `answer`, or what `answers` says for one of them.

    `own` gives the parameters of an object that those in `who` may see; `foreign` those of an object that is
    somebody else's, which nobody but the operator may even know of: 404.
    """

    route: str
    who: frozenset[str]
    answer: int = 200
    answers: Mapping[str, int] = field(default_factory=dict)
    denied: int = 403
    method: str = "GET"
    data: Mapping[str, str] = field(default_factory=dict)
    own: Kwargs = nothing
    foreign: Kwargs | None = None

    def expected(self, role: str) -> int:
        """The status for this role."""
        if role in self.who:
            return self.answers.get(role, self.answer)
        return 302 if role == STRANGER else self.denied

    def __str__(self) -> str:
        return f"{self.method} /{self.route}"


def somebody(world: World) -> Mapping[str, Any]:
    """A user whom the operator manages."""
    return {"pk": world.objects["somebody"]}


def office(world: World) -> Mapping[str, Any]:
    """An office that the operator runs."""
    return {"pk": world.objects["office"]}


def set_aside(world: World) -> Mapping[str, Any]:
    """A message that could not leave."""
    return {"pk": world.objects["set_aside"]}


def own_office(_world: World) -> Mapping[str, Any]:
    """The office of 揭东, in which the official works."""
    return {"code": "445203"}


def other_office(_world: World) -> Mapping[str, Any]:
    """The office of 惠来."""
    return {"code": "445224"}


def waiting_offer(world: World) -> Mapping[str, Any]:
    """An offer from 揭东 that waits there."""
    return {"code": "445203", "pk": world.objects["waiting_offer"]}


def other_offices_offer(world: World) -> Mapping[str, Any]:
    """The same, asked for at 惠来's office."""
    return {"code": "445224", "pk": world.objects["waiting_offer"]}


def own_figures(_world: World) -> Mapping[str, Any]:
    """The figures of 揭东."""
    return {"code": "445203", "region_code": "445203"}


def other_figures(_world: World) -> Mapping[str, Any]:
    """The figures of 惠来, asked for at 揭东's office."""
    return {"code": "445203", "region_code": "445224"}


HEALTH = (
    Row("health/live", EVERYBODY),
    Row("health/ready", EVERYBODY),
)
FILES_AND_PAGES = (
    Row("i18n/setlang/", EVERYBODY, 302),
    Row("i18n/setlang/", EVERYBODY, 302, method="POST", data={"language": "en"}),
    Row("media/(?P<path>.*)$", EVERYBODY, 404, own=lambda _: {"path": "nothing.jpg"}),
    Row("documents/(\\d+)/(.*)$", EVERYBODY, 404, own=lambda _: {"": "documents/1/nothing.pdf"}),
    Row("_util/login/", EVERYBODY, 302),
    Row("((?:[\\w\\-]+/)*)$", EVERYBODY, 404, own=lambda _: {"": "no/such/page/"}),
)
ACCOUNT = (
    Row("account/", MEMBERS),
    Row("account/login/", EVERYBODY, 302, {STRANGER: 200}),
    Row("account/logout/", EVERYBODY, 405),
    Row("account/logout/", EVERYBODY, 302, method="POST"),
    Row("account/register/", EVERYBODY, 302, {STRANGER: 200}),
    Row("account/details/", MEMBERS),
    Row("account/password/", MEMBERS),
    Row("account/tokens/", MEMBERS),
    Row("account/tokens/", MEMBERS, method="POST"),
    Row("account/tokens/<int:pk>/revoke/", MEMBERS, 404, method="POST", own=lambda _: {"pk": 0}),
    Row("account/password-link/<str:token>/", EVERYBODY, own=lambda world: {"token": world.objects["token"]}),
    Row("account/password-link/<str:token>/", EVERYBODY, 410, own=lambda _: {"token": "0" * 32}),
)
OPERATOR = (
    Row("operator/", OPERATORS, 302),
    Row("operator/users/", OPERATORS),
    Row("operator/users/new/", OPERATORS),
    Row("operator/users/new/", OPERATORS, method="POST"),
    Row("operator/users/<int:pk>/", OPERATORS, own=somebody),
    Row("operator/audit/", OPERATORS),
    Row("operator/outbox/", OPERATORS),
    Row("operator/outbox/retry/", OPERATORS, 302, method="POST", data={"topic": "mail"}),
    Row("operator/outbox/<int:pk>/retry/", OPERATORS, 302, method="POST", own=set_aside),
    Row("operator/outbox/<int:pk>/retry/", OPERATORS, 404, method="POST", own=lambda _: {"pk": 0}),
    Row("operator/components/", OPERATORS),
    *(
        Row(f"operator/users/<int:pk>/{verb}/", OPERATORS, 302, method="POST", own=somebody)
        for verb in ("password-link", "password-link/revoke", "deactivate", "activate", "page-role")
    ),
)
OFFICES = (
    Row("operator/offices/", OPERATORS),
    Row("operator/offices/new/", OPERATORS),
    Row("operator/offices/new/", OPERATORS, method="POST"),
    Row("operator/offices/<int:pk>/", OPERATORS, own=office),
    Row("operator/users/<int:pk>/offices/", OPERATORS, 302, method="POST", own=somebody),
    Row("operator/offices/<int:pk>/members/", OPERATORS, method="POST", own=office),
    Row(
        "operator/offices/<int:pk>/members/<int:user_pk>/remove/", OPERATORS, 302, method="POST",
        own=lambda world: {"pk": world.objects["office"], "user_pk": world.objects["official"]},
    ),
)  # fmt: skip
OFFICE = (
    Row("office/", frozenset({OFFICIAL}), 302),
    *(
        Row(
            f"office/<slug:code>/{page}", frozenset({OFFICIAL}), answer, denied=404, own=own, foreign=foreign,
            method=method,
        )
        for own, foreign, pages in (
            (own_office, other_office, (("", "GET", 200), ("offers/", "GET", 200), ("figures/", "GET", 302))),
            (waiting_offer, other_offices_offer, (
                ("offers/<int:pk>/", "GET", 200),
                ("offers/<int:pk>/recognise/", "POST", 200),
                ("offers/<int:pk>/return/", "POST", 200),
            )),
            (own_figures, other_figures, tuple(
                (f"figures/<slug:region_code>/{page}", "GET", 200)
                for page in (
                    "", "table.csv", "table.xlsx", "lines/", "lines/table.csv", "lines/table.xlsx",
                )
            )),
        )
        for page, method, answer in pages
    ),
)  # fmt: skip


def of(name: str, parameter: str) -> dict[str, Kwargs]:
    """The own object and another institution's or supplier's, each under the address's parameter."""
    return {
        "own": lambda world: {parameter: world.objects[name]},
        "foreign": lambda world: {parameter: world.objects[f"foreign_{name}"]},
    }


def with_repayment(name: str) -> Kwargs:
    """A repayment that the order does not have."""
    return lambda world: {"number": world.objects[name], "pk": 0}


# Page, method, answer where nothing is typed; `pk` is the organisation, `user_pk` one of its members.
MEMBER_PAGES = (
    ("add/", "GET", 200),
    ("add/", "POST", 200),
    ("new/", "GET", 200),
    ("new/", "POST", 200),
    ("<int:user_pk>/", "GET", 200),
    ("<int:user_pk>/", "POST", 200),
    ("<int:user_pk>/remove/", "GET", 200),
    ("<int:user_pk>/remove/", "POST", 302),
)


def member(organisation: str, person: str) -> dict[str, Kwargs]:
    """A member of the own organisation; and the same page of another, with a member of its own."""
    return {
        "own": lambda world: {"pk": world.objects[organisation], "user_pk": world.objects[person]},
        "foreign": lambda world: {
            "pk": world.objects[f"foreign_{organisation}"],
            "user_pk": world.objects[f"foreign_{person}"],
        },
    }


def own_member_elsewhere(organisation: str, person: str) -> dict[str, Kwargs]:
    """Another organisation's member, asked for in the own organisation."""
    return {
        "own": lambda world: {
            "pk": world.objects[organisation],
            "user_pk": world.objects[f"foreign_{person}"],
        },
    }


def member_rows(
    route: str, who: frozenset[str], organisation: str, person: str, *, foreign: bool
) -> tuple[Row, ...]:
    """The pages on which an organisation's members are managed, below a route; for who manages them."""
    objects = member(organisation, person)
    if not foreign:
        del objects["foreign"]
    return (
        *(
            Row(f"{route}{page}", who, answer, method=method, **objects)
            for page, method, answer in MEMBER_PAGES
        ),
        # The person has a password: nobody but the operator's own page makes another link.
        Row(f"{route}<int:user_pk>/link/", who, 403, method="POST", **objects),
        Row(f"{route}<int:user_pk>/", who, 404, **own_member_elsewhere(organisation, person)),
        Row(
            f"{route}<int:user_pk>/link/",
            who,
            404,
            method="POST",
            **own_member_elsewhere(organisation, person),
        ),
    )


HEADS = frozenset({HEAD})
BUYER_MEMBERS = (
    Row("buyer/members/", HEADS, 302),
    Row("buyer/members/<int:pk>/", HEADS, **of("institution", "pk")),
    *member_rows("buyer/members/<int:pk>/", HEADS, "institution", "viewer", foreign=True),
)
SUPPLIER_HEADS = frozenset({SUPPLIER_HEAD})
SUPPLIER_MEMBERS = (
    Row("supplier/members/", SUPPLIER_HEADS, 302),
    Row("supplier/members/<int:pk>/", SUPPLIER_HEADS, **of("supplier", "pk")),
    *member_rows("supplier/members/<int:pk>/", SUPPLIER_HEADS, "supplier", "cadre", foreign=True),
    Row("supplier/details/", SUPPLIER_HEADS, 302),
    Row("supplier/details/<int:pk>/", SUPPLIER_HEADS, **of("supplier", "pk")),
    Row("supplier/details/<int:pk>/", SUPPLIER_HEADS, 302, method="POST", **of("supplier", "pk")),
)


def village_of_supplier(world: World) -> Mapping[str, Any]:
    """A village for which the supplier may list."""
    return {"pk": world.objects["supplier"], "code": "445203001204"}


ORGANISATIONS = (
    *(
        Row(f"operator/{kind}s/{page}", OPERATORS, method=method)
        for kind in ("supplier", "institution")
        for page, method in (("", "GET"), ("new/", "GET"), ("new/", "POST"))
    ),
    *(
        Row(f"operator/{kind}s/<int:pk>/{page}", OPERATORS, answer, method=method, own=of(kind, "pk")["own"])
        for kind, page, method, answer in (
            ("supplier", "", "GET", 200),
            ("supplier", "change/", "GET", 200),
            ("supplier", "change/", "POST", 200),
            ("supplier", "details/", "GET", 200),
            ("supplier", "details/", "POST", 200),
            ("supplier", "admit/", "POST", 302),
            ("supplier", "villages/", "POST", 200),
            ("institution", "", "GET", 200),
            ("institution", "change/", "GET", 200),
            ("institution", "change/", "POST", 200),
        )
    ),
    Row(
        "operator/suppliers/<int:pk>/villages/<slug:code>/remove/", OPERATORS, 302, method="POST",
        own=village_of_supplier,
    ),
    *member_rows("operator/suppliers/<int:pk>/members/", OPERATORS, "supplier", "cadre", foreign=False),
    *member_rows(
        "operator/institutions/<int:pk>/members/", OPERATORS, "institution", "viewer", foreign=False
    ),
)  # fmt: skip
BUYER = (
    *(Row(f"buyer/{place}", BUYERS) for place in ("", "baskets/", "requests/", "purchases/", "orders/")),
    Row("buyer/submit/", frozenset({REQUESTER})),
    Row("buyer/submit/", frozenset({REQUESTER}), method="POST"),
    *(
        Row(
            "buyer/submit/<int:institution_pk>/",
            frozenset({REQUESTER}),
            method=method,
            **of("institution", "institution_pk"),
        )
        for method in ("GET", "POST")
    ),
    Row("buyer/requests/<int:pk>/", BUYERS, **of("request", "pk")),
    *(
        Row(
            path,
            frozenset({role}),
            answer,
            method=method,
            **of("request", "pk"),
        )
        for method in ("GET", "POST")
        for path, role, answer in (
            ("buyer/requests/<int:pk>/approve/", APPROVER, 200 if method == "GET" else 302),
            ("buyer/requests/<int:pk>/reject/", APPROVER, 200),
            ("buyer/requests/<int:pk>/withdraw/", REQUESTER, 200 if method == "GET" else 302),
        )
    ),
    Row("buyer/purchases/<slug:number>/", BUYERS, **of("purchase", "number")),
    Row("buyer/purchases/<slug:number>/statement/", BUYERS, **of("purchase", "number")),
    Row("buyer/orders/<slug:number>/", BUYERS, **of("delivery", "number")),
    *(
        Row(
            path,
            frozenset({role}),
            answer,
            method=method,
            **of("delivery", "number"),
        )
        for method in ("GET", "POST")
        for path, role, answer in (
            ("buyer/orders/<slug:number>/accept/", RECEIVER, 200),
            ("buyer/orders/<slug:number>/cancel/", REQUESTER, 200),
            ("buyer/orders/<slug:number>/return/", RECEIVER, 302),
            ("buyer/orders/<slug:number>/pay/", FINANCE, 200),
        )
    ),
    *(
        Row(
            "buyer/orders/<slug:number>/repayments/<int:pk>/confirm/",
            BUYERS,
            404,
            method=method,
            own=with_repayment("delivery"),
            foreign=with_repayment("foreign_delivery"),
        )
        for method in ("GET", "POST")
    ),
)
OWNER = frozenset({PERSON})
SHOPPER = (
    Row("checkout/", MEMBERS),
    Row("checkout/", MEMBERS, method="POST"),
    Row("account/orders/", MEMBERS),
    *(
        Row(f"account/purchases/<int:pk>/{page}", OWNER, answer, denied=404, method=method, **of(name, "pk"))
        for page, name, method, answer in (
            ("", "unpaid", "GET", 200),
            ("", "paid", "GET", 200),
            ("pay/", "unpaid", "POST", 302),
            ("cancel/", "unpaid", "GET", 200),
            ("cancel/", "unpaid", "POST", 302),
            ("statement/", "unpaid", "GET", 404),
            ("statement/", "paid", "GET", 200),
        )
    ),
    *(
        Row(
            f"account/orders/<slug:number>/{page}",
            OWNER,
            answer,
            denied=404,
            method=method,
            **of("own_delivery", "number"),
        )
        for page, method, answer in (
            ("", "GET", 200),
            ("accept/", "GET", 200),
            ("accept/", "POST", 200),
            ("cancel/", "GET", 200),
            ("cancel/", "POST", 200),
            ("return/", "GET", 302),
            ("return/", "POST", 302),
        )
    ),
    *(
        Row(
            "account/orders/<slug:number>/repayments/<int:pk>/confirm/",
            MEMBERS,
            404,
            method=method,
            own=with_repayment("own_delivery"),
            foreign=with_repayment("foreign_own_delivery"),
        )
        for method in ("GET", "POST")
    ),
    Row("payments/notify/", EVERYBODY, 405),
    Row("payments/notify/", EVERYBODY, 400, method="POST"),
    *(
        Row(
            "payments/sandbox/<str:token>/",
            MEMBERS,
            answer,
            method=method,
            own=lambda world: {"token": world.objects["ticket"]},
        )
        for method, answer in (("GET", 200), ("POST", 302))
    ),
    Row("payments/sandbox/<str:token>/", MEMBERS, 404, own=lambda _: {"token": "nothing:of:ours"}),
)
# Page, method, answer where nothing is typed.
ADDRESS_PAGES = (
    ("", "GET", 200),
    ("", "POST", 200),
    ("delete/", "GET", 200),
    ("default/", "POST", 302),
    ("delete/", "POST", 302),
)


def institutions_address(prefix: str, address: str) -> Kwargs:
    """An institution by its key, and an address, which may be another's."""
    return lambda world: {
        "pk": world.objects[f"{prefix}institution"],
        "address_pk": world.objects[address],
    }


ADDRESSES = (
    Row("account/addresses/", MEMBERS),
    Row("account/addresses/add/", MEMBERS),
    Row("account/addresses/add/", MEMBERS, method="POST"),
    *(
        Row(
            f"account/addresses/<int:address_pk>/{page}",
            OWNER,
            answer,
            denied=404,
            method=method,
            **of("own_address", "address_pk"),
        )
        for page, method, answer in ADDRESS_PAGES
    ),
    Row("buyer/addresses/", BUYERS, 302),
    Row("buyer/addresses/<int:pk>/", BUYERS, **of("institution", "pk")),
    Row("buyer/addresses/<int:pk>/add/", frozenset({REQUESTER}), **of("institution", "pk")),
    Row("buyer/addresses/<int:pk>/add/", frozenset({REQUESTER}), method="POST", **of("institution", "pk")),
    *(
        Row(
            f"buyer/addresses/<int:pk>/<int:address_pk>/{page}",
            frozenset({REQUESTER}),
            answer,
            method=method,
            own=institutions_address("", "address"),
            foreign=institutions_address("foreign_", "foreign_address"),
        )
        for page, method, answer in ADDRESS_PAGES
    ),
    *(
        Row(
            f"buyer/addresses/<int:pk>/<int:address_pk>/{page}",
            frozenset({REQUESTER}),
            404,
            method=method,
            own=institutions_address("", "foreign_address"),
        )
        for page, method, _answer in ADDRESS_PAGES
    ),
)
REGIONS = (Row("regions/", EVERYBODY),)
SEARCH_ENGINES = (
    Row("sitemap.xml", EVERYBODY),
    Row("robots.txt", EVERYBODY),
)
SHOP = (
    Row("", EVERYBODY),
    Row("products/", EVERYBODY),
    Row("category/<str:slug>/", EVERYBODY, own=lambda world: {"slug": world.objects["category"]}),
    Row("category/<str:slug>/", EVERYBODY, 404, own=lambda _: {"slug": "nothing"}),
    Row("county/", EVERYBODY),
    Row("county/<str:code>/", EVERYBODY, own=lambda _: {"code": "445203"}),
    Row("county/<str:code>/", EVERYBODY, 404, own=lambda _: {"code": "000000"}),
    Row("product/<int:pk>/", EVERYBODY, own=lambda world: {"pk": world.objects["product"]}),
    Row("product/<int:pk>/", EVERYBODY, 404, own=lambda _: {"pk": 0}),
    Row("favourites/", MEMBERS),
    *(
        Row(f"favourites/<int:pk>/{page}", MEMBERS, answer, method=method, own=own)
        for page, method, answer, own in (
            ("add/", "GET", 200, lambda world: {"pk": world.objects["product"]}),
            ("add/", "POST", 302, lambda world: {"pk": world.objects["product"]}),
            ("add/", "GET", 404, lambda _: {"pk": 0}),
            ("add/", "POST", 404, lambda _: {"pk": 0}),
            ("remove/", "POST", 302, lambda world: {"pk": world.objects["favourite"]}),
        )
    ),
    Row("basket/", MEMBERS),
    Row("basket/set/", MEMBERS, 404, method="POST"),
)
GOODS = frozenset({CADRE, SUPPLIER_HEAD})


def own_order(world: World) -> Mapping[str, Any]:
    """An order that waits for the cadre's supplier, and a payment for it."""
    return {"number": world.objects["order"], "pk": world.objects["payment"]}


def foreign_order(world: World) -> Mapping[str, Any]:
    """Another supplier's order."""
    return {"number": world.objects["foreign_order"], "pk": world.objects["foreign_payment"]}


def own_offer(world: World) -> Mapping[str, Any]:
    """A draft of the cadre's supplier."""
    return {"pk": world.objects["offer"]}


def foreign_offer(world: World) -> Mapping[str, Any]:
    """Another supplier's draft."""
    return {"pk": world.objects["foreign_offer"]}


def asked_request(world: World) -> Mapping[str, Any]:
    """A request of the requester's institution."""
    return {"request_id": world.objects["request"]}


SUPPLIER = (
    Row("supplier/", SELLERS),
    Row("supplier/orders/", SELLERS),
    Row("supplier/offers/", GOODS),
    Row("supplier/offers/new/", GOODS),
    Row("supplier/offers/new/", GOODS, method="POST"),
    *(
        Row(
            f"supplier/orders/<slug:number>/{page}",
            who,
            answer,
            method=method,
            own=own_order,
            foreign=foreign_order,
        )
        for page, method, answer, who in (
            ("", "GET", 200, SELLERS),
            ("confirm/", "POST", 302, GOODS),
            ("confirm-less/", "GET", 200, GOODS),
            ("confirm-less/", "POST", 200, GOODS),
            ("refuse/", "GET", 200, GOODS),
            ("refuse/", "POST", 200, GOODS),
            ("cancel/", "GET", 200, GOODS),
            ("cancel/", "POST", 200, GOODS),
            ("ship/", "GET", 302, GOODS),
            ("ship/", "POST", 200, GOODS),
            ("repay/", "GET", 200, SELLERS),
            ("repay/", "POST", 200, SELLERS),
            ("payments/<int:pk>/confirm/", "POST", 302, SELLERS),
        )
    ),
    *(
        Row(
            f"supplier/offers/<int:pk>/{page}",
            GOODS,
            answer,
            method=method,
            own=own_offer,
            foreign=foreign_offer,
        )
        for page, method, answer in (
            ("", "GET", 200),
            ("photo/", "GET", 200),
            ("photo/", "POST", 302),
            ("goods/", "GET", 200),
            ("goods/", "POST", 200),
            ("terms/", "GET", 200),
            ("terms/", "POST", 200),
            ("check/", "GET", 200),
            ("check/", "POST", 200),
            ("price/", "GET", 200),
            ("price/", "POST", 200),
            ("stock/", "GET", 200),
            ("stock/", "POST", 200),
            ("withdraw/", "GET", 200),
            ("withdraw/", "POST", 302),
        )
    ),
)
# Without a token nobody gets in, whoever is logged in; what a token opens is tried in tests/api.
API = (
    *(
        Row(f"api/v1/{page}", EVERYBODY)
        for page in ("docs", "openapi.json", "health", "regions", "products", "campaigns")
    ),
    Row("api/v1/regions/<code>", EVERYBODY, own=lambda _: {"code": "445203"}),
    Row("api/v1/", EVERYBODY, 404),
    Row("api/v1/.+$", EVERYBODY, 404, own=lambda _: {"": "api/v1/nothing"}),
    *(Row(f"api/v1/{page}", EVERYBODY, 401) for page in ("requests", "orders", "payments")),
    Row("api/v1/requests", EVERYBODY, 401, method="POST"),
    Row("api/v1/figures/<code>", EVERYBODY, 401, own=lambda _: {"code": "445203"}),
    Row("api/v1/requests/<int:request_id>", EVERYBODY, 401, own=asked_request),
    *(
        Row(f"api/v1/requests/<int:request_id>/{verb}", EVERYBODY, 401, method="POST", own=asked_request)
        for verb in ("approve", "reject", "withdraw", "pay")
    ),
    Row("api/v1/orders/<number>", EVERYBODY, 401, own=own_order),
    *(
        Row(f"api/v1/orders/<number>/{verb}", EVERYBODY, 401, method="POST", own=own_order)
        for verb in ("confirm", "refuse", "ship", "accept", "cancel", "return", "payments", "refund")
    ),
    Row(
        "api/v1/payments/<int:payment_id>/confirm", EVERYBODY, 401, method="POST",
        own=lambda world: {"payment_id": world.objects["payment"]},
    ),
)  # fmt: skip
ROWS = (
    *API,
    *SHOP,
    *SHOPPER,
    *SEARCH_ENGINES,
    *HEALTH,
    *FILES_AND_PAGES,
    *ACCOUNT,
    *OPERATOR,
    *OFFICES,
    *ORGANISATIONS,
    *OFFICE,
    *BUYER,
    *BUYER_MEMBERS,
    *ADDRESSES,
    *REGIONS,
    *SUPPLIER,
    *SUPPLIER_MEMBERS,
)

# Groups of libraries: for the operator's staff; each address is walked as everybody else.
STAFF_GROUPS = ("cms/", "dashboard/")
