"""Which blocks a page may be put together from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.campaigns import CampaignGoodsBlock, LeagueBlock, ProgressBlock
from cms.blocks.media import AttachmentBlock, PictureTextBlock, PlayerBlock, VideoBlock
from cms.blocks.products import ProductsByHandBlock, ProductsByRuleBlock
from cms.blocks.text import QuoteBlock, StepsBlock, TextBlock
from cms.blocks.timetable import TimetableBlock
from cms.blocks.villages import VillageBlock

GOODS = _("Goods and villages")
CAMPAIGN = _("Campaigns")
WORDS = _("Texts")
MEDIA = _("Pictures and videos")


class Body(blocks.StreamBlock):
    """All blocks: for pages that show goods and tell of places."""

    text = TextBlock(group=WORDS)
    steps = StepsBlock(group=WORDS)
    quote = QuoteBlock(group=WORDS)
    timetable = TimetableBlock(group=WORDS)
    picture_text = PictureTextBlock(group=MEDIA)
    video = VideoBlock(group=MEDIA)
    player = PlayerBlock(group=MEDIA)
    products = ProductsByHandBlock(group=GOODS)
    products_by_rule = ProductsByRuleBlock(group=GOODS)
    village = VillageBlock(group=GOODS)
    campaign_goods = CampaignGoodsBlock(group=CAMPAIGN)
    campaign_progress = ProgressBlock(group=CAMPAIGN)
    campaign_league = LeagueBlock(group=CAMPAIGN)


class HelpBody(blocks.StreamBlock):
    """What explains."""

    text = TextBlock()
    steps = StepsBlock()
    picture_text = PictureTextBlock()
    video = VideoBlock()


class PolicyBody(blocks.StreamBlock):
    """What an official document holds."""

    text = TextBlock()
    attachment = AttachmentBlock()
