"""The operator's portal: /operator/."""

from django.urls import path

from marketplace.portals.operator.views import audit, offices, pages, users

app_name = "operator"
urlpatterns = [
    path("", pages.home, name="home"),
    path("users/", users.user_list, name="users"),
    path("users/new/", users.new_user, name="user_new"),
    path("users/<int:pk>/", users.user, name="user"),
    path("users/<int:pk>/password-link/", users.issue_password_link, name="password_link_issue"),
    path("users/<int:pk>/password-link/revoke/", users.revoke_password_link, name="password_link_revoke"),
    path("users/<int:pk>/deactivate/", users.deactivate_user, name="user_deactivate"),
    path("users/<int:pk>/activate/", users.activate_user, name="user_activate"),
    path("users/<int:pk>/offices/", offices.join_office, name="user_join_office"),
    path("offices/", offices.office_list, name="offices"),
    path("offices/new/", offices.new_office, name="office_new"),
    path("offices/<int:pk>/", offices.office, name="office"),
    path("offices/<int:pk>/members/", offices.add_member, name="office_member_add"),
    path(
        "offices/<int:pk>/members/<int:user_pk>/remove/", offices.remove_member, name="office_member_remove"
    ),
    path("audit/", audit.trail, name="audit"),
    path("components/", pages.components, name="components"),
]
