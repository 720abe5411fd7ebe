"""A pair of terms that translate each other, and which of two rows for one pair counts."""

from typing import NamedTuple, TypeAlias

from papers.glossary.tokens import chinese_key, english_key
from papers.models import Term

Kind: TypeAlias = Term.Kind
Direction: TypeAlias = Term.Direction
Origin: TypeAlias = Term.Origin

_RANKS: dict[str, int] = {Origin.CURATOR: 2, Origin.HAND: 1, Origin.MINED: 0, Origin.SHIPPED: 0}
_RANKS |= {str(origin): rank for origin, rank in _RANKS.items()}  # as rows of the database have it


class TermPair(NamedTuple):
    """A Chinese and an English term, with the fields of ``papers.models.Term``."""

    chinese: str
    english: str
    kind: str = Kind.CORE
    direction: str = Direction.BOTH
    origin: str = Origin.HAND
    score: float = 1.0
    together: int = 0
    chinese_count: int = 0
    english_count: int = 0
    hidden: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return chinese_key(self.chinese), english_key(self.english)

    @property
    def rank(self) -> int:
        """Whose word counts: a curator's most, then the hand list's, then what was mined."""
        return _RANKS[Origin.CURATOR if self.hidden else self.origin]

    @property
    def merit(self) -> tuple[int, int]:
        """Of two rows for one pair, the one with the higher merit counts."""
        return self.rank, self.together

    @property
    def is_shown(self) -> bool:
        """Whether pages and prompts may use the pair; variants are for searches only."""
        return self.kind != Kind.VARIANT

    @property
    def is_decided(self) -> bool:
        """Whether a person wrote the pair."""
        return self.rank >= _RANKS[Origin.HAND]

    @property
    def to_english(self) -> float:
        """How likely the Chinese term is written as this English one, from 0 to 1."""
        if self.direction == Direction.TO_CHINESE:
            return 0.0
        return self._share(self.chinese_count)

    @property
    def to_chinese(self) -> float:
        """How likely the English term is written as this Chinese one, from 0 to 1."""
        if self.direction == Direction.TO_ENGLISH:
            return 0.0
        return self._share(self.english_count)

    def _share(self, count: int) -> float:
        if self.is_decided:
            return self.score
        return min(self.together / count, 1.0) if count else self.score
