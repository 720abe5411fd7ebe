"""Who translates: the endpoint and its model, as the settings name them."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

from digest_site.environment import is_loopback


class NotSetUp(Exception):
    """The settings name no translator. The message says what to set."""


@dataclass(frozen=True)
class Translator:
    """An endpoint, its model, and what they cost. ``prices`` are those of a million tokens sent and
    received; None if they are not known."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    prices: tuple[float, float] | None = None
    concurrency: int = 4
    timeout: float = 120.0
    first: bool = False

    @classmethod
    def from_settings(cls) -> "Translator":
        """Return the translator of the settings. Raise NotSetUp if there is none."""
        if not settings.TRANSLATOR_URL:
            raise NotSetUp(
                "No translator is set up. Set TRANSLATOR_URL to the base address of an "
                "OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1, TRANSLATOR_MODEL "
                "to the name of its model and, if it is rented, TRANSLATOR_KEY and "
                "TRANSLATOR_PRICES (docs/translating.md)."
            )
        if not settings.TRANSLATOR_MODEL:
            raise NotSetUp(f"Set TRANSLATOR_MODEL to a model of {settings.TRANSLATOR_URL}.")
        return cls(
            url=settings.TRANSLATOR_URL,
            model=settings.TRANSLATOR_MODEL[:100],
            key=settings.TRANSLATOR_KEY,
            prices=settings.TRANSLATOR_PRICES,
            concurrency=settings.TRANSLATOR_CONCURRENCY,
            timeout=settings.TRANSLATOR_TIMEOUT,
            first=settings.TRANSLATOR_FIRST,
        )

    @property
    def host(self) -> str:
        """The host of the endpoint, with its port, for runs and reports."""
        return urlsplit(self.url).netloc[:255]

    @property
    def may_cost(self) -> bool:
        """Whether a run may cost something: it has a price, or the price of another machine is not
        known."""
        if self.prices is None:
            return not is_loopback(urlsplit(self.url))
        return any(self.prices)

    def cost(self, tokens_in: float, tokens_out: float) -> float:
        """Return what these tokens cost; 0 if the prices are not known."""
        sent, received = self.prices or (0.0, 0.0)
        return (tokens_in * sent + tokens_out * received) / 1_000_000
