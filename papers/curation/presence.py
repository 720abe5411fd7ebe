"""Who is at a paper right now: an entry of the cache with a short life.

Without the cache nobody is seen, and nothing fails.
"""

import time

from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache

LIFE = 120  # seconds for which somebody who opened a paper counts as being there


def others_at(paper: int, user: User | AnonymousUser) -> list[str]:
    """Note that the user is at this paper; return the names of the others who are."""
    key, now = f"at-paper:{paper}", time.time()
    known = cache.get(key)
    noted = known if isinstance(known, dict) else {}
    there = {name: at for name, at in noted.items() if at > now - LIFE}
    others = sorted(there.keys() - {user.get_username()})
    cache.set(key, {**there, user.get_username(): now}, LIFE)
    return others
