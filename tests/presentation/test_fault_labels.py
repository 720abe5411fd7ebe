"""Labels for the faults of a translation."""

from papers.presentation.fault_labels import in_words
from papers.text.triage import Fault


def test_every_fault_of_a_text_that_is_shown_has_words_of_its_own():
    shown = [fault for fault in Fault if fault != Fault.MISSING]
    assert len({str(said) for said in in_words(shown)}) == len(shown)


def test_a_missing_text_and_a_fault_of_an_older_release_are_no_doubt():
    assert in_words(["missing", "a-fault-of-long-ago"]) == []
