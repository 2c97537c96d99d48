"""A person's own account: /account/."""

from django.urls import path

from marketplace.portals.account import tokens, views

app_name = "account"
urlpatterns = [
    path("", views.home, name="home"),
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("register/", views.register, name="register"),
    path("details/", views.change_details, name="details"),
    path("password/", views.change_password, name="password"),
    path("password-link/<str:token>/", views.use_password_link, name="password_link"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="token_revoke"),
]
