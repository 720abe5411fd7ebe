"""What each curator has already seen of the imports."""

from django.conf import settings
from django.db import models


class DeskVisit(models.Model):
    """Up to which moment somebody has read the problems of imports."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_visit"
    )
    problems_read = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.problems_read:%Y-%m-%d %H:%M}"
