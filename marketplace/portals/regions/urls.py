"""Where the region picker asks."""

from django.urls import path

from marketplace.portals.regions import views

app_name = "regions"

urlpatterns = [path("", views.regions, name="options")]
