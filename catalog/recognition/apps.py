"""Recognitions (认定) of goods in a directory (目录), and the prices against which they are judged."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "catalog.recognition"
    label = "recognition"
