"""The poverty offices' portal: /office/, then the code of the office's region."""

from django.urls import path

from marketplace.portals.office.views import figures, home, lines, offers

app_name = "office"
urlpatterns = [
    path("", home.entrance, name="entrance"),
    path("<slug:code>/", home.home, name="home"),
    path("<slug:code>/offers/", offers.queue, name="queue"),
    path("<slug:code>/offers/<int:pk>/", offers.offer, name="offer"),
    path("<slug:code>/offers/<int:pk>/recognise/", offers.recognise, name="offer_recognise"),
    path("<slug:code>/offers/<int:pk>/return/", offers.send_back, name="offer_return"),
    path("<slug:code>/figures/", figures.own_region, name="figures"),
    path("<slug:code>/figures/<slug:region_code>/", figures.region, name="figures_region"),
    path("<slug:code>/figures/<slug:region_code>/lines/", lines.screen, name="figures_lines"),
    path("<slug:code>/figures/<slug:region_code>/lines/table.csv", lines.csv, name="figures_lines_csv"),
    path("<slug:code>/figures/<slug:region_code>/lines/table.xlsx", lines.xlsx, name="figures_lines_xlsx"),
    path("<slug:code>/figures/<slug:region_code>/table.csv", figures.csv, name="figures_csv"),
    path("<slug:code>/figures/<slug:region_code>/table.xlsx", figures.xlsx, name="figures_xlsx"),
]
