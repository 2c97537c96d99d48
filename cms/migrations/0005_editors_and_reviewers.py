"""Wagtail's two groups and its workflow as our editors know them: 编辑 write, 审核 publish.

Wagtail made them with the rights on pages, pictures and documents: Editors may add and change, Moderators also
publish and lock. Here they get their Chinese names and what is ours: videos for both, redirects for reviewers.
"""

from django.db import migrations

EDITORS, REVIEWERS = "编辑", "审核"
GROUPS = {"Editors": EDITORS, "Moderators": REVIEWERS}
WORKFLOW_BEFORE, WORKFLOW, TASK = "Moderators approval", "审核后发布", "审核"
VIDEO = ("cms", "video")
REDIRECT = ("wagtailredirects", "redirect")
# Group → (model, verb) that it is given.
GIVEN = {
    EDITORS: [(VIDEO, "add"), (VIDEO, "change"), (VIDEO, "view")],
    REVIEWERS: [
        *((VIDEO, verb) for verb in ("add", "change", "delete", "view")),
        *((REDIRECT, verb) for verb in ("add", "change", "delete", "view")),
    ],
}


def permission(apps, model, verb):
    """Made here: Django makes them only after the last migration."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=model[0], model=model[1]
    )
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=f"{verb}_{model[1]}", defaults={"name": f"Can {verb} {model[1]}"}
    )
    return found


def rename(apps, groups, workflow, task, old):
    Group = apps.get_model("auth", "Group")
    for before, after in groups.items():
        Group.objects.filter(name=before).update(name=after)
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=old[0]).update(name=workflow)
    apps.get_model("wagtailcore", "Task").objects.filter(name=old[1]).update(name=task)


def ours(apps, schema_editor):
    rename(apps, GROUPS, WORKFLOW, TASK, (WORKFLOW_BEFORE, WORKFLOW_BEFORE))
    for name, given in GIVEN.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*(permission(apps, model, verb) for model, verb in given))


def wagtails(apps, schema_editor):
    for name, given in GIVEN.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.remove(*(permission(apps, model, verb) for model, verb in given))
    back = {after: before for before, after in GROUPS.items()}
    rename(apps, back, WORKFLOW_BEFORE, WORKFLOW_BEFORE, (WORKFLOW, TASK))


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cms", "0004_pages"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailredirects", "0001_initial"),
    ]

    operations = [migrations.RunPython(ours, wagtails)]
