"""The circular that the market serves, and the one that it forwards, with the ledger's form as a file."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.utils.html import escape
from openpyxl import Workbook
from wagtail.documents.models import Document

from cms.models import PolicyIndexPage, PolicyPage
from marketplace.demo.pages.desk import text

if TYPE_CHECKING:
    from marketplace.demo.pages.desk import Desk

TEXTS = Path(__file__).parent.parent / "texts"
# 一、疫情摸排评估行动。 leads its paragraph in bold.
LEAD = re.compile(r"^([一二三四五六七]、[^。]{2,12}。)")
LEDGER = "应对疫情影响贫困户帮扶工作台账"
COLUMNS = (
    "县(市、区)", "镇", "村", "户主姓名", "家庭人数", "是否有劳动能力户", "贫困户受疫情影响主要问题类型",
    "受影响具体情况（包括问题时长、损失效益等）", "应对措施", "进展情况", "备注",
)  # fmt: skip
KINDS = "备注：贫困户受疫情影响主要问题类型包括：1.务工就业、2.产业发展、3.“两不愁三保障”落实、4.其他等。"


def publish(desk: Desk) -> None:
    """The list of documents, the province's and the city's."""
    index = desk.publish(
        desk.home,
        PolicyIndexPage(
            title="政策文件",
            slug="policies",
            intro="本平台依据的文件，原文照录。",
            show_in_menus=True,
        ),
    )
    desk.publish(
        index,
        PolicyPage(
            title="广东省扶贫开发领导小组印发《关于应对疫情影响确保如期完成脱贫攻坚硬任务的行动方案》的通知",
            slug="2020-5",
            search_description="七项行动；第四项“扶贫产品促销行动”提出推动“广东消费扶贫月网上行”系列活动。",
            issuer="广东省扶贫开发领导小组文件",
            number="粤农扶组〔2020〕5号",
            addressee="各地级以上市扶贫开发领导小组，省扶贫开发领导小组成员单位",
            body=[text(document("circular_province"))],
            signer="广东省扶贫开发领导小组",
            signed_on=date(2020, 2, 29),
        ),
    )
    desk.publish(
        index,
        PolicyPage(
            title="转发省扶贫开发领导小组关于应对疫情影响确保如期完成脱贫攻坚硬任务的行动方案的通知",
            slug="2020-3",
            search_description="转发粤农扶组〔2020〕5号；提出把扶贫农产品销售情况作为评价扶贫工作成效的重要内容。",
            issuer="揭阳市扶贫开发领导小组文件",
            number="揭市扶〔2020〕3号",
            addressee="各县（市、区）扶贫开发领导小组，市扶贫开发领导小组成员单位",
            body=[
                text(document("circular_city")),
                ("attachment", {"document": ledger_form(desk), "label": f"附件2：{LEDGER}（空表）"}),
            ],
            signer="揭阳市扶贫开发领导小组",
        ),
    )


def document(name: str) -> str:
    """The text of a file of texts/ as rich text: "## " begins a heading, blank lines part paragraphs."""
    return "".join(map(paragraph, (TEXTS / f"{name}.txt").read_text(encoding="utf-8").split("\n\n")))


def paragraph(part: str) -> str:
    """One heading or paragraph."""
    line = escape(part.strip())
    if line.startswith("## "):
        return f"<h2>{line[3:]}</h2>"
    led = LEAD.sub(r"<b>\1</b>", line)
    return f"<p>{led}</p>"


def ledger_form(desk: Desk) -> Document:
    """Annex 2 as an empty sheet, column for column; the file that is there, if there is one."""
    found: Document | None = Document.objects.filter(title=LEDGER).first()
    if found:
        return found
    book = Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in ((LEDGER,), ("填报单位（盖章）：",), ("2020年　月　日",), COLUMNS, (KINDS,)):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    file = ContentFile(target.getvalue(), name="bangfu-taizhang.xlsx")
    made: Document = Document.objects.create(title=LEDGER, file=file, uploaded_by_user=desk.editor)
    return made
