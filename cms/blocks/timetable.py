"""A timetable: what happens when."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class TimetableRow(blocks.StructBlock):
    """One line of a timetable."""

    time = blocks.CharBlock(label=_("When"), max_length=40)
    what = blocks.CharBlock(label=_("What"), max_length=100)
    place = blocks.CharBlock(label=_("Where, or who"), max_length=60, required=False)

    class Meta:
        label = _("Line")
        icon = "time"


class TimetableBlock(blocks.StructBlock):
    """What happens when; on a phone each line becomes a card."""

    title = blocks.CharBlock(label=_("Heading"), max_length=40)
    rows = blocks.ListBlock(TimetableRow(), label=_("Lines"), max_num=40)

    class Meta:
        label = _("Timetable")
        icon = "calendar-alt"
        template = "cms/blocks/timetable.html"
