"""What can become of an offer."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """draft → submitted → recognised; what was returned is submitted again; withdrawn and expired end it."""

    DRAFT = "draft", pgettext_lazy("offer", "draft")
    SUBMITTED = "submitted", pgettext_lazy("offer", "waiting for recognition")
    RECOGNISED = "recognised", pgettext_lazy("offer", "on sale")
    RETURNED = "returned", pgettext_lazy("offer", "returned")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "withdrawn")
    EXPIRED = "expired", pgettext_lazy("offer", "expired")


EDITABLE = (Status.DRAFT, Status.RETURNED)
OPEN = (Status.DRAFT, Status.SUBMITTED, Status.RECOGNISED, Status.RETURNED)
