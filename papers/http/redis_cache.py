"""A Redis cache that may fail: without it pages are slower, but no request fails."""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from papers.http.plain_values import PlainSerializer

logger = logging.getLogger(__name__)

RETRY_AFTER = (
    5.0  # seconds without further attempts after an error, so that not every request waits
)
T = TypeVar("T")


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, where errors and unreadable values count as a miss."""

    dead_until = 0.0  # shared by all threads of this process

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"serializer": PlainSerializer, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask(
            lambda: super(ForgivingRedisCache, self).get(key, default, version), default
        )

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).set(key, value, *args, **kwargs), None)

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        return self._ask(
            lambda: super(ForgivingRedisCache, self).add(key, value, *args, **kwargs), True
        )

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._ask(lambda: super(ForgivingRedisCache, self).incr(key, delta, version), delta)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).delete(key, version), False)

    def _ask(self, question: Callable[[], T], otherwise: T) -> T:
        if time.monotonic() < ForgivingRedisCache.dead_until:
            return otherwise
        try:
            return question()
        except (ValueError, RecursionError):
            logger.warning("The shared cache holds something that is not ours.")
            return otherwise
        except (RedisError, OSError) as error:
            ForgivingRedisCache.dead_until = time.monotonic() + RETRY_AFTER
            logger.warning("The shared cache does not answer (%s).", type(error).__name__)
            return otherwise
