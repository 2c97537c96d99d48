"""The page above the front page has a name that editors understand: Wagtail made it as "Root"."""

from django.db import migrations

ROOT_PATH = "0001"
MADE, CALLED = "Root", "网站"


def rename(apps, old, new):
    pages = apps.get_model("wagtailcore", "Page").objects
    pages.filter(path=ROOT_PATH, title=old).update(title=new, draft_title=new)


def call_it(apps, schema_editor):
    rename(apps, MADE, CALLED)


def call_it_as_it_was_made(apps, schema_editor):
    rename(apps, CALLED, MADE)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0007_campaign_editors"),
    ]

    operations = [migrations.RunPython(call_it, call_it_as_it_was_made)]
