"""Wagtail: the pages that editors write."""

WAGTAIL_SITE_NAME = "消费扶贫网上行"
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
WAGTAILIMAGES_IMAGE_MODEL = "images.MarketImage"
# A phone's photo has 12 megapixels; what has more than 25 is refused before it is decoded.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
# Documents are what offices send each other; a page or a script would run under our address.
WAGTAILDOCS_EXTENSIONS = ["pdf", "doc", "docx", "xls", "xlsx", "csv", "txt", "zip"]
# Nothing is fetched from elsewhere; videos of these sites, and of no others, play in a frame: the pattern
# that a video's address must match, whose first group is its key, and the player's address for that key.
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
EMBED_PLAYERS = [
    {
        "name": "哔哩哔哩",
        "video": r"https://www\.bilibili\.com/video/(BV[0-9A-Za-z]{10})/?(?:\?[^\s]*)?",
        "player": "https://player.bilibili.com/player.html?bvid={}&autoplay=0",
    },
    {
        "name": "腾讯视频",
        "video": r"https://v\.qq\.com/x/(?:page|cover/[0-9a-z]+)/([0-9a-z]{11})\.html(?:\?[^\s]*)?",
        "player": "https://v.qq.com/txp/iframe/player.html?vid={}",
    },
]
# Wagtail 8.0 does not wait for an autosave that is on its way when a new page is handed in: both make the
# page, one of them fails with a server error, and the draft may be left without having been handed in.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
# Accounts are run in the operator's portal and in a person's own account pages, for the editors too.
WAGTAILADMIN_LOGIN_URL = "account:login"
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
