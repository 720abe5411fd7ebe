"""Version of the search index: the one stored with the index and the one of this process.

Two processes have the same version if they cut texts into the same words, whatever segmenter is
installed.
"""

import hashlib
import logging
from functools import cache

from papers.db.raw_sql import fetch_all
from papers.models import SearchIndex
from papers.parallel import UnfitWorker
from papers.search.analyzer import NORMALISER, index_tokens
from papers.search.backend import backend
from papers.search.dictionary import SEED, dictionary
from papers.text import segmenter

logger = logging.getLogger(__name__)

# Plain SQL, because every search begins with this query and the ORM takes ten times as long.
_READ = f"SELECT version FROM {SearchIndex._meta.db_table} ORDER BY id LIMIT 1"

# Texts that segmenters with another dictionary, or with a model for unknown words, cut differently.
_PROBES = (
    "我们研究了大语言模型在长上下文检索增强生成中的幻觉问题，并提出了一种新的缓解方法。",
    "结合成分子时的研究生命起源，南京市长江大桥，乒乓球拍卖完了，他说的确实在理。",
    "杭研大厦的李小福与王晓明来到了网易，谷歌的佩奇，中国科学院计算技术研究所毕业生。",
    "无监督域自适应、对比学习与知识蒸馏；机器人抓取、轨迹预测、具身智能体与思维链。",
    "檢索增強生成與視覺語言模型，臺灣的電腦視覺。",
)


def current_version() -> str:
    """Return the version this process writes: table type, rules, and what words texts become."""
    terms = dictionary().hash
    tokens = _fingerprint(segmenter.engine(), terms)
    return f"{backend().SHAPE} rules-{NORMALISER} terms-{terms} tokens-{tokens}"


@cache
def _fingerprint(engine: segmenter.Engine, terms: str) -> str:
    """Return a hash of the index terms of the probes, made with this engine and these terms."""
    probes = (*_PROBES, SEED.read_text("utf-8"))
    tokens = "\n".join(" ".join(index_tokens(probe)) for probe in probes)
    return hashlib.sha256(tokens.encode()).hexdigest()[:12]


def require_version(expected: str) -> None:
    """Raise UnfitWorker if this process would write another version."""
    if (version := current_version()) != expected:
        raise UnfitWorker(f"A worker would index with {version}, not {expected}.")


def stored_version() -> str:
    """Return the version of the stored index; empty if there is no index yet."""
    rows = fetch_all(_READ, [])
    return rows[0][0] if rows else ""


def is_stale() -> bool:
    """Return whether this process would cut texts into other words than the index has.

    The first time it is so, a warning is logged.
    """
    stored, current = stored_version(), current_version()
    if stored in ("", current):
        return False
    _warn(stored, current)
    return True


@cache
def _warn(stored: str, current: str) -> None:
    logger.warning(
        "The search index has other words (%s) than queries are read with (%s): run "
        "`manage.py rebuild_search_index`, or some papers are not found.",
        stored,
        current,
    )
