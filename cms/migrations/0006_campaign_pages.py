"""The pages of campaigns, and their list."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("cms", "0005_editors_and_reviewers"),
        ("images", "0002_words"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "intro",
                    models.CharField(
                        blank=True,
                        help_text="A sentence or two: they stand below the title and in lists.",
                        max_length=200,
                        verbose_name="introduction",
                    ),
                ),
                (
                    "social_image",
                    models.ForeignKey(
                        blank=True,
                        help_text="What messengers show beside a link to this page; 1200 × 630 or more.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="images.marketimage",
                        verbose_name="picture for sharing",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of campaigns",
                "verbose_name_plural": "lists of campaigns",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="CampaignPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "intro",
                    models.CharField(
                        blank=True,
                        help_text="A sentence or two: they stand below the title and in lists.",
                        max_length=200,
                        verbose_name="introduction",
                    ),
                ),
                (
                    "body",
                    models.JSONField(
                        blank=True,
                        db_default=models.Value([], output_field=models.JSONField()),
                        default=list,
                        verbose_name="content",
                    ),
                ),
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="page",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="images.marketimage",
                        verbose_name="picture",
                    ),
                ),
                (
                    "social_image",
                    models.ForeignKey(
                        blank=True,
                        help_text="What messengers show beside a link to this page; 1200 × 630 or more.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="images.marketimage",
                        verbose_name="picture for sharing",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign page",
                "verbose_name_plural": "campaign pages",
            },
            bases=("wagtailcore.page",),
        ),
    ]
