"""Help pages: how to buy, to list, to accept, to recognise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cms.models import HelpIndexPage, HelpPage
from marketplace.demo.pages.desk import paragraphs, steps, text

if TYPE_CHECKING:
    from marketplace.demo.pages.desk import Desk

Audience = HelpPage.Audience


@dataclass(frozen=True)
class Help:
    """A help page: what one does, step by step, and what one asks afterwards."""

    audience: HelpPage.Audience
    slug: str
    title: str
    intro: str
    steps: tuple[tuple[str, str], ...]
    after: tuple[str, ...] = ()


PAGES = (
    Help(
        Audience.BUYERS, "buy-for-an-institution", "单位怎么采购", "有人申请，另一个人审批，到货有人验收，财务付款。",
        (
            ("登录", "用平台运营方或本单位负责人发来的设密链接设好密码，再用手机号登录。"),
            ("选货", "按类别、县区找，看清产地、元/斤、还剩多少、还有几天。填数量，放入购物车。"),
            ("提交审批", "填用途、要货日期、收货地址和收货人。提交后货物预留 72 小时，价格、运费以提交时为准。"),
            ("另一个人审批", "审批人在“待办”里同意或驳回。自己提交的，自己不能审批。"),
            ("等发货", "同意后，每家供应商一张订单，各自接单、发货。供不上的部分会写明原因，不用付钱。"),
            ("验收、付款", "到货后逐项验收；财务对公转账时写上转账附言，再登记付款。"),
        ),
        (
            "## 常见问题",
            "<b>提交时说货不够？</b>页面会写明哪一项、还剩多少，回购物车改数量再提交。",
            "<b>点了两次提交？</b>只算一次，不会重复下单。",
            "<b>不想要了？</b>没审批的由申请人撤回；审批了没发货的，在订单里取消未发货部分；发了货的，到货后拒收或退货。",
        ),
    ),
    Help(
        Audience.BUYERS, "buy-for-yourself", "个人怎么买", "注册、选货、在线付款、确认收货。",
        (
            ("注册", "用手机号或邮箱注册，设一个自己记得住的密码。"),
            ("放入购物车", "几个村的货可以一起买，每家供应商分开发货，运费按家算。"),
            ("付款", "结算后货物为您留 30 分钟，付了款才算买下。"),
            ("确认收货", "收到货点“确认收货”；少了、坏了，写明数量和原因，不收那部分的钱。"),
        ),
        ("付了款没发货的可以取消，钱原路退回。",),
    ),
    Help(
        Audience.BUYERS, "acceptance", "验收怎么做", "验收是算数的一步：验收多少，付多少钱，产地县就记多少销售额。",
        (
            ("当面点数", "对着订单，看数量、重量和包装；冷链的货先看温度。"),
            ("没有问题", "点“在途货物全部验收”。"),
            ("有少有坏", "逐项填：验收多少、拒收多少、为什么。拒收的不付款。"),
            ("验收后才发现", "用“退货”，写明数量和原因。退货当天冲减销售额，付过的钱由供应商退回。"),
        ),
        (
            "## 请留意",
            "分几批发的货，分几批验收，不必等齐。",
            "拒收的货怎么处理，和供应商商量：拒收的数量不会自动回到库存。",
        ),
    ),
    Help(
        Audience.BUYERS, "pay", "对公付款", "先转账，再登记，供应商确认到账。",
        (
            ("看应付多少", "订单页写着已验收、已退货、应付、已付。"),
            ("转账写附言", "附言是 9 位的转账附言，供应商凭它认出这笔钱。"),
            ("登记付款", "填金额、日期、银行流水号；同一个流水号不能登记两次。"),
            ("等确认", "供应商到银行看到钱，点“确认收款”，才算已付。"),
        ),
    ),
    Help(
        Audience.VILLAGES, "list-goods", "怎么上架滞销产品", "用手机，三步：拍照；什么、多少；价格、期限。",
        (
            ("拍照", "靠近拍，光线亮一些。照片在手机里先缩小再上传，省流量。"),
            ("什么、多少", "选村、填名称、种类、销售单位和数量。按箱、袋卖的要写净重，不算箱子。"),
            ("价格、期限", "填价格、批量价、销售截止日。边填边算出每斤、每公斤多少钱，填错一眼能看出来。"),
            ("提交审核", "县扶贫办一般两天内答复；认定以后开始卖。"),
        ),
        (
            "## 常见问题",
            "<b>没信号了？</b>每一步都存在手机里，有信号接着填。",
            "<b>被退回了？</b>“我的货”里写着原因，改好再交。",
            "<b>想涨价？</b>超过认定价的要重新认定，这期间先不卖；降价马上生效。",
        ),
    ),
    Help(
        Audience.VILLAGES, "ship", "接单和发货", "确认能供多少，写清楚谁来运，鲜货要有合格证。",
        (
            ("确认接单", "全能供就确认；只能供一部分，写数量和原因；没有货，写明原因退掉。"),
            ("填合格证", "蔬菜、水果、肉禽蛋、水产要填承诺达标合格证的七项，缺一项不能发货。"),
            ("发货", "写承运人和运单号；自己送的，写车牌号和司机电话。可以分几次发。"),
            ("收款", "买家登记付款后，到银行看到钱，再点“确认收款”。"),
        ),
        ("买家验收以后才算进销售额。没验收的部分不算，订单上写着原因。",),
    ),
    Help(
        Audience.OFFICES, "recognise", "怎么认定产品", "最先变质的排在最前；县扶贫办认定后当天即可销售。",
        (
            ("打开待认定", "写着已经等了多久；等满 48 小时，系统会告知市扶贫办。"),
            ("核对", "看照片、产地、报价，和同类产品近 90 天的中位价。"),
            ("认定并上架", "选目录，填认定编号和有效期；过期自动停售。"),
            ("或者退回", "写明要改什么，村里会看到。"),
        ),
        ("只有产地所在县的扶贫办可以办理；本人参与销售的产品，由同事办理。",),
    ),
    Help(
        Audience.OFFICES, "figures", "销售额怎么算", "已签约、已验收、已付款三个数并排；考核看已验收。",
        (
            ("按产地记", "一笔销售只记一次，记在产品所在的村、镇、县。"),
            ("按日子记", "验收当天计入，退货当天冲减；已关账的月份不再变动，以后的退货记在办理当月。"),
            ("不含运费", "单价含税，不含运费，精确到分。"),
            ("往下查", "从县点到镇、村，再到每一笔订单明细；表格可以下载。"),
        ),
    ),
)  # fmt: skip


def publish(desk: Desk) -> None:
    """The list of help and every help page."""
    index = desk.publish(
        desk.home,
        HelpIndexPage(
            title="帮助",
            slug="help",
            intro="怎么买、怎么卖、怎么验收、怎么认定：一步一步照着做。",
            show_in_menus=True,
        ),
    )
    for each in PAGES:
        body: list[tuple[str, Any]] = [steps("", *each.steps)]
        if each.after:
            body.append(text(paragraphs(*each.after)))
        desk.publish(
            index,
            HelpPage(
                title=each.title,
                slug=each.slug,
                audience=each.audience,
                intro=each.intro,
                search_description=each.intro,
                body=body,
            ),
        )
