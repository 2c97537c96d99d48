"""The poverty offices' portal: /office/, then the code of the office's region."""

from django.urls import path

from marketplace.portals.office.views import figures, home, lines, offers

app_name = "office"
urlpatterns = [
    path("", home.entrance, name="entrance"),
    path("<str:code>/", home.home, name="home"),
    path("<str:code>/offers/", offers.queue, name="queue"),
    path("<str:code>/offers/<int:pk>/", offers.offer, name="offer"),
    path("<str:code>/offers/<int:pk>/recognise/", offers.recognise, name="offer_recognise"),
    path("<str:code>/offers/<int:pk>/return/", offers.send_back, name="offer_return"),
    path("<str:code>/figures/", figures.own_region, name="figures"),
    path("<str:code>/figures/<str:region_code>/", figures.region, name="figures_region"),
    path("<str:code>/figures/<str:region_code>/lines/", lines.screen, name="figures_lines"),
    path("<str:code>/figures/<str:region_code>/lines/table.csv", lines.csv, name="figures_lines_csv"),
    path("<str:code>/figures/<str:region_code>/lines/table.xlsx", lines.xlsx, name="figures_lines_xlsx"),
    path("<str:code>/figures/<str:region_code>/table.csv", figures.csv, name="figures_csv"),
    path("<str:code>/figures/<str:region_code>/table.xlsx", figures.xlsx, name="figures_xlsx"),
]
