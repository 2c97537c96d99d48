"""The page that a new Wagtail welcomes with becomes our front page, so that the first run shows a market."""

from django.db import migrations

WELCOME_PATH = "00010001"
TITLE = "消费扶贫网上行"


def welcome_page(apps, model):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    found = Page.objects.filter(
        path=WELCOME_PATH, content_type__app_label=model[0], content_type__model=model[1]
    ).first()
    is_front = found and Site.objects.filter(is_default_site=True, root_page=found).exists()
    return found if is_front else None


def set_type(apps, page, title, label, model):
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind, _created = ContentType.objects.get_or_create(app_label=label, model=model)
    fields = {"content_type": kind, "title": title, "draft_title": title, "latest_revision": None}
    type(page).objects.filter(pk=page.pk).update(**fields, live_revision=None)


def make_front_page(apps, schema_editor):
    page = welcome_page(apps, ("wagtailcore", "page"))
    if page is None:
        return
    HomePage = apps.get_model("cms", "HomePage")
    home = HomePage(page_ptr_id=page.pk)
    home.save_base(raw=True)  # the row of our own table only; the page's stays
    set_type(apps, page, TITLE, "cms", "homepage")


def make_welcome_page(apps, schema_editor):
    page = welcome_page(apps, ("cms", "homepage"))
    if page is None:
        return
    apps.get_model("cms", "HomePage").objects.get(pk=page.pk).delete(keep_parents=True)
    set_type(apps, page, "Welcome to your new Wagtail site!", "wagtailcore", "page")


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_front_page, make_welcome_page)]
