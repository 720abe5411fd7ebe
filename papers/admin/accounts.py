"""Accounts and their groups.

Administrators may assign groups; only a superuser may grant superuser status and single
permissions.
"""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from papers.admin.base import CappedPaginator

MORE_THAN_GROUPS = ("is_superuser", "user_permissions")


class AccountAdmin(UserAdmin):
    """Administrators manage accounts. They cannot create, change or delete superusers."""

    paginator = CappedPaginator
    show_full_result_count = False

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

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.user.is_superuser

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission


admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RoleAdmin)
