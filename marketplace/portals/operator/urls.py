"""The operator's portal: /operator/."""

from django.urls import path

from marketplace.portals.members.urls import member_urls
from marketplace.portals.operator.access import staff_only
from marketplace.portals.operator.views import audit, institutions, offices, outbox, pages, suppliers, users

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
    path("users/<int:pk>/page-role/", users.give_page_role, name="user_page_role"),
    path("users/<int:pk>/offices/", offices.join_office, name="user_join_office"),
    path("offices/", offices.office_list, name="offices"),
    path("offices/new/", offices.new_office, name="office_new"),
    path("offices/<int:pk>/", offices.office, name="office"),
    path("offices/<int:pk>/members/", offices.add_member, name="office_member_add"),
    path(
        "offices/<int:pk>/members/<int:user_pk>/remove/", offices.remove_member, name="office_member_remove"
    ),
    path("suppliers/", suppliers.supplier_list, name="suppliers"),
    path("suppliers/new/", suppliers.new_supplier, name="supplier_new"),
    path("suppliers/<int:pk>/", suppliers.supplier, name="supplier"),
    path("suppliers/<int:pk>/change/", suppliers.change, name="supplier_change"),
    path("suppliers/<int:pk>/details/", suppliers.details, name="supplier_details"),
    path("suppliers/<int:pk>/admit/", suppliers.admit, name="supplier_admit"),
    path("suppliers/<int:pk>/villages/", suppliers.add_village, name="supplier_village_add"),
    path(
        "suppliers/<int:pk>/villages/<slug:code>/remove/",
        suppliers.remove_village,
        name="supplier_village_remove",
    ),
    *member_urls("suppliers/<int:pk>/members/", "supplier_", guard=staff_only, desk_of=suppliers.desk_of),
    path("institutions/", institutions.institution_list, name="institutions"),
    path("institutions/new/", institutions.new_institution, name="institution_new"),
    path("institutions/<int:pk>/", institutions.institution, name="institution"),
    path("institutions/<int:pk>/change/", institutions.change, name="institution_change"),
    *member_urls(
        "institutions/<int:pk>/members/", "institution_", guard=staff_only, desk_of=institutions.desk_of
    ),
    path("audit/", audit.trail, name="audit"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/retry/", outbox.retry_topic, name="outbox_retry_topic"),
    path("outbox/<int:pk>/retry/", outbox.retry, name="outbox_retry"),
    path("components/", pages.components, name="components"),
]
