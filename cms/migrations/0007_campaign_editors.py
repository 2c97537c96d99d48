"""编辑 and 审核 make and change campaigns; nobody deletes one."""

from django.db import migrations

GROUPS = ("编辑", "审核")
VERBS = ("add", "change", "view")


def permissions(apps):
    """Made here: Django makes them only after the last migration."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="campaigns", model="campaign"
    )
    made = apps.get_model("auth", "Permission").objects
    return [
        made.get_or_create(
            content_type=kind, codename=f"{verb}_campaign", defaults={"name": f"Can {verb} campaign"}
        )[0]
        for verb in VERBS
    ]


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions(apps))


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("cms", "0006_campaign_pages"),
    ]

    operations = [migrations.RunPython(give, take)]
