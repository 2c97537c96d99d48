"""What stands beside the pages themselves, which Wagtail serves."""

from django.urls import path

from cms import views

app_name = "cms"
urlpatterns = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
