"""What Django finds here lives in small files: the kinds of pages, and videos."""

from cms.pages.campaigns import CampaignIndexPage, CampaignPage
from cms.pages.halls import HallIndexPage, HallPage
from cms.pages.help import HelpIndexPage, HelpPage
from cms.pages.home import HomePage
from cms.pages.news import NewsIndexPage, NewsPage
from cms.pages.policies import PolicyIndexPage, PolicyPage
from cms.pages.stories import StoryIndexPage, StoryPage
from cms.videos import Video

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "HallIndexPage",
    "HallPage",
    "HelpIndexPage",
    "HelpPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "PolicyIndexPage",
    "PolicyPage",
    "StoryIndexPage",
    "StoryPage",
    "Video",
]
