"""Accounts and their groups.

Administrators may assign groups; only a superuser may grant superuser status and single
permissions.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from papers.admin.base import CappedPaginator

MORE_THAN_GROUPS = ("is_superuser", "user_permissions")


ROLES = {
    "Reader of the admin": _("Reader of the admin"),
    "Curator": _("Curator"),
    "Administrator": _("Administrator"),
}


def role_name(group: Group) -> str:
    """Return the name of a role in the interface language; of another group its own name."""
    return str(ROLES.get(group.name, group.name))


class RolesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, group: Any) -> str:
        return role_name(group)


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list:
        return [(str(group.pk), role_name(group)) for group in Group.objects.order_by("pk")[:50]]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return queryset.filter(groups=int(value)) if value.isdecimal() else queryset


class AccountAdmin(UserAdmin):
    """Administrators manage accounts. They cannot create, change or delete superusers."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_filter = ("is_staff", "is_superuser", "is_active", RoleFilter)
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer the roles as check boxes."""
        if db_field.name == "groups":
            kwargs |= {"form_class": RolesField, "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> tuple:
        own = tuple(super().get_readonly_fields(request, obj))
        return own if request.user.is_superuser else (*own, *MORE_THAN_GROUPS)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        # Without an object, Django asks for the bulk action, which could delete any account.
        if obj is None and not request.user.is_superuser:
            return False
        return self._may_touch(request, obj) and super().has_delete_permission(request, obj)

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        return request.user.is_superuser or obj is None or not obj.is_superuser


class RoleAdmin(GroupAdmin):
    """Groups are the roles of curators; only a superuser may change them."""

    list_display = ("role",)
    filter_horizontal = ()

    @admin.display(description=_("role"), ordering="name")
    def role(self, group: Group) -> str:
        return role_name(group)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.user.is_superuser

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission


admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RoleAdmin)
