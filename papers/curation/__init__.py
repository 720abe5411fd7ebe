"""Curators' decisions, one function each. No import undoes a decision.

A decision about papers takes the papers and the user, and keeps a version of every paper that it
changed. Import the decisions from this package. ``queues``, ``duplicate_authors`` and
``missing_digests`` find what waits for a decision.
"""

from papers.curation.authors import (
    CannotMerge,
    are_different,
    merge_authors,
    merge_groups,
    rejoin_author,
    split_author,
    unmerge_author,
    unmerge_batch,
)
from papers.curation.decision import TooMany, batch_name, keeps_first_version
from papers.curation.duplicate_authors import reopen_pair
from papers.curation.history import Undone, latest_to_undo, revert, undo
from papers.curation.judgements import (
    NothingToJudge,
    ask_again,
    doubts_to_judge,
    judge_fine,
    reject_text,
)
from papers.curation.sources import accept_changes, rank_source, revert_source
from papers.curation.terms import (
    decide_term,
    hide_terms,
    merge_terms,
    reject_phrases,
    revert_phrase,
    revert_term,
    row_of_pair,
    show_terms,
    take_back_phrases,
)
from papers.curation.texts import NothingToShow, edit, pick, release
from papers.curation.topics import (
    add_topic,
    forget_topic,
    merge_topic,
    remove_topic,
    revert_topic,
    unmerge_topic,
)
from papers.curation.translation_requests import (
    OverBudget,
    Requests,
    latest_requests,
    take_back,
    translate_again,
)
from papers.curation.visibility import annotate, feature, hide, unfeature, unhide
