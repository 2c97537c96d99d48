"""Policy documents (政策文件), laid out as official documents are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from cms.blocks.bodies import PolicyBody
from cms.fields import BodyField
from cms.pages.common import PER_PAGE, IndexPage, MarketPage
from marketplace.core.paging import page_of

if TYPE_CHECKING:
    from django.http import HttpRequest


class PolicyIndexPage(IndexPage):
    """All policy documents, newest first."""

    template = "cms/policy_index_page.html"
    section = "policies"
    subpage_types = ["cms.PolicyPage"]

    class Meta:
        verbose_name = _("list of policy documents")
        verbose_name_plural = _("lists of policy documents")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A page of documents, by their own date."""
        context = super().get_context(request, *args, **kwargs)
        newest = self.pages(PolicyPage).order_by(F("signed_on").desc(nulls_first=True), "-pk")
        return {**context, "entries": page_of(request, newest, PER_PAGE)}


class PolicyPage(MarketPage):
    """One document: the title is the document's, the rest as it stands on its paper."""

    issuer = models.CharField(
        _("heading of the issuer"),
        max_length=100,
        help_text=_("The red line on top, as it stands on the paper."),
    )
    number = models.CharField(_("document number"), max_length=60, blank=True)
    addressee = models.CharField(_("addressee"), max_length=200, blank=True)
    body = BodyField(PolicyBody(), verbose_name=_("content"), blank=True)
    signer = models.CharField(_("signed by"), max_length=100, blank=True)
    signed_on = models.DateField(
        _("date of the document"), null=True, blank=True, help_text=_("Empty where the paper has none.")
    )

    template = "cms/policy_page.html"
    section = "policies"
    parent_page_types = ["cms.PolicyIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("issuer"), FieldPanel("number"), FieldPanel("addressee")], _("Heading")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("signer"), FieldPanel("signed_on")], _("Signature")),
    ]

    class Meta:
        verbose_name = _("policy document")
        verbose_name_plural = _("policy documents")
