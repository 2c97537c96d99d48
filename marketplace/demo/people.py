"""The demo's people: one login per role, and members without a password for the many other organisations."""

from dataclasses import dataclass
from functools import cache, cached_property

from django.contrib.auth.hashers import make_password

from catalog.partner.models import Partner, SupplierMembership
from marketplace.accounts import page_roles
from marketplace.accounts.models import User
from marketplace.accounts.page_roles import PageRole
from marketplace.institutions.models import Institution, InstitutionMembership
from marketplace.procurement.services.delivery import DELIVERY_LEVELS
from supplier_villages.offices.models import Office, OfficeMembership
from supplier_villages.regions.models import Region

PASSWORD = "demo-2020-fupin"  # noqa: S105 -- printed on purpose; production refuses the demo
Role = InstitutionMembership.Role
SupplierRole = SupplierMembership.Role
# Who leads a purchase from the request to the payment.
AT_WORK = (Role.REQUESTER, Role.APPROVER, Role.RECEIVER, Role.FINANCE)


@dataclass(frozen=True)
class Login:
    """A person who can log in to the demo, and what for."""

    username: str
    name: str
    phone: str
    task: str
    is_staff: bool = False
    page_role: PageRole | None = None
    email: str | None = None


LOGINS = (
    Login("demo-cadre", "陈静", "13900000001", "村干部：上架滞销产品、接单、发货（揭东区）"),
    Login("demo-county", "林志强", "13900000002", "揭东区扶贫办：认定产品、看销售数据"),
    Login("demo-city", "黄丽", "13900000003", "揭阳市扶贫办：看各县数据"),
    Login("demo-province", "何伟", "13900000004", "广东省扶贫办：看各市数据"),
    Login("demo-requester", "李明", "13900000005", "示范市第一中学：选购、提交采购申请"),
    Login("demo-approver", "王芳", "13900000006", "示范市第一中学：审批"),
    Login("demo-receiver", "赵磊", "13900000007", "示范市第一中学：验收、退货"),
    Login("demo-finance", "周敏", "13900000008", "示范市第一中学：付款登记"),
    Login("demo-shopper", "黄敏", "13900000010", "个人消费者：自己选购、在线付款（演示）、确认收货"),
    Login("demo-head", "郑建国", "13900000014", "示范市第一中学和揭东区合作社的负责人：管理成员、合作社资料"),
    Login("demo-viewer", "孙婷", "13900000011", "示范市第一中学：只查看"),
    Login("demo-bookkeeper", "吴敏", "13900000012", "揭东区合作社会计：确认收款、登记退款"),
    Login(
        "demo-two-units", "何晓", "13900000013", "在两个单位任职：第一人民医院审批、验收，实验小学申请采购"
    ),
    Login(
        "demo-editor",
        "林晓燕",
        "13900000015",
        "编辑：在 /cms/ 写页面、提交审核",
        page_role=PageRole.EDITOR,
        email="editor@example.com",
    ),
    Login(
        "demo-reviewer",
        "许文",
        "13900000016",
        "审核：看编辑交来的页面，发布或退回",
        page_role=PageRole.REVIEWER,
        email="reviewer@example.com",
    ),
    Login(
        "demo-operator",
        "运营员",
        "13900000009",
        "平台运营：用户、扶贫办、供应商、采购单位、页面",
        is_staff=True,
    ),
)


def logins() -> dict[str, User]:
    """User name → user, made with the demo's password where it is not there yet."""
    return {login.username: user_of(login) for login in LOGINS}


def user_of(login: Login) -> User:
    """The user of a demo login."""
    found = User.objects.filter(username=login.username).first()
    if found:
        return found
    user = User.objects.create_user(
        login.username,
        name=login.name,
        phone=login.phone,
        email=login.email,
        is_staff=login.is_staff,
        is_superuser=login.is_staff,
    )
    user.password = hashed_password()
    user.save(update_fields=["password"])
    if login.page_role:
        page_roles.give(user=user, role=login.page_role)
    return user


@cache
def hashed_password() -> str:
    """The one password of all logins, hashed once: that takes a good part of a second, as it should."""
    return make_password(PASSWORD)


def quiet_user(username: str, name: str) -> User:
    """A person of the demo as whom nobody can log in."""
    found = User.objects.filter(username=username).first()
    return found or User.objects.create_user(username, name=name)


@dataclass(frozen=True)
class Staff:
    """Who acts for an institution; requester and approver are never the same person."""

    institution: Institution
    requester: User
    approver: User
    receiver: User
    finance: User

    @cached_property
    def delivery_region_id(self) -> str:
        """Where the institution's door is: its seat, or the first county of a city."""
        seat = Region.objects.within(self.institution.region_id).filter(level__in=DELIVERY_LEVELS)
        return seat.order_by("pk").values_list("pk", flat=True)[0]


def school_staff(institution: Institution, users: dict[str, User]) -> Staff:
    """The institution whose every role has a login."""
    staff = Staff(institution, **{role.value: users[f"demo-{role.value}"] for role in AT_WORK})
    for role in (Role.VIEWER, Role.HEAD):
        belong_to(institution, users[f"demo-{role.value}"], role)
    return with_memberships(staff)


def quiet_staff(institution: Institution) -> Staff:
    """Two people without a password: one asks and pays, the other approves and receives."""
    asks = quiet_user(f"demo-u{institution.pk}-a", "采购员")
    decides = quiet_user(f"demo-u{institution.pk}-b", "负责人")
    return with_memberships(Staff(institution, asks, decides, decides, asks))


def with_memberships(staff: Staff) -> Staff:
    """The same people, each a member in their role."""
    InstitutionMembership.objects.bulk_create(
        [
            InstitutionMembership(institution=staff.institution, user=getattr(staff, role.value), role=role)
            for role in AT_WORK
        ],
        ignore_conflicts=True,
    )
    return staff


def belong_to(institution: Institution, user: User, *roles: Role) -> None:
    """The user holds these roles in the institution."""
    InstitutionMembership.objects.bulk_create(
        [InstitutionMembership(institution=institution, user=user, role=role) for role in roles],
        ignore_conflicts=True,
    )


def act_for_supplier(supplier: Partner, user: User, role: SupplierRole = SupplierRole.CADRE) -> None:
    """The user acts for the supplier in this role."""
    SupplierMembership.objects.get_or_create(partner=supplier, user=user, defaults={"role": role})


def work_in_office(office: Office, user: User) -> None:
    """The user works in the office."""
    OfficeMembership.objects.get_or_create(office=office, user=user)
