"""The project's Wagtail image model."""

from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "marketplace.images"
    label = "images"
