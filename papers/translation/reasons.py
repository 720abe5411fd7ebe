"""The names of the reasons for which an answer is refused, and what the model is told of each.

The faults of the triage are reasons as well, by their own names (``papers.text.triage.Fault``).
"""

from enum import StrEnum

from papers.text.triage import Fault


class Reason(StrEnum):
    """Why an answer, or one text of it, is refused."""

    # Of the answer as a whole
    NOT_JSON = "not-json"
    CHAT_AROUND = "chat-around"
    TRUNCATED = "truncated"
    WRONG_NUMBER = "wrong-number"
    TWO_ANSWERS = "two-answers"
    # Of one text
    MARKS = "marks"
    TRADITIONAL = "traditional"
    REPETITION = "repetition"
    TOO_LONG = "too-long"
    UNFINISHED = "unfinished"


_TOLD: dict[str, str] = {
    Reason.NOT_JSON: "The answer was not the JSON object that was asked for.",
    Reason.CHAT_AROUND: "There were words before or after the JSON object.",
    Reason.TRUNCATED: "The JSON object was not complete.",
    Reason.WRONG_NUMBER: 'A paper had a wrong "n".',
    Reason.TWO_ANSWERS: "There were two answers for one paper.",
    Reason.MARKS: "A mark such as ⟦1⟧ was lost, repeated, changed or in the wrong field.",
    Reason.TRADITIONAL: "There were traditional characters.",
    Reason.REPETITION: "A sentence was repeated.",
    Reason.TOO_LONG: "It was much longer than the English.",
    Reason.UNFINISHED: "It stopped within a sentence.",
    Fault.STRAYED: "It was not a translation of this text.",
    Fault.MISSING: "It was missing.",
    Fault.NOT_CHINESE: "It was not in Chinese.",
    Fault.TOO_SHORT: "It was much too short: translate the whole text.",
    Fault.INCOMPLETE: "A sentence was left out, or joined with another one.",
    Fault.EXPLAINED: "There were notes or explanations.",
    Fault.CHAT: "There was talk to the user.",
    Fault.FOREIGN_SCRIPT: "There were letters of a third language.",
    Fault.PLACEHOLDER: "There was a placeholder.",
    Fault.INVENTED_ADDRESS: "There was an address that the English does not have.",
    Fault.GARBLED: "There were repeated or broken words.",
    Fault.HALF_TRANSLATED: "Phrases were left in English.",
    Fault.FORMULAS_LOST: "Formulas were lost.",
    Fault.SEVERAL_LINES: "The title had several lines.",
    Fault.IDENTICAL: "It was the English text.",
}


def told(reason: str) -> str:
    """Return what the model is told of a reason such as ``abstract: strayed``."""
    field, _, name = reason.rpartition(": ")
    sentence = _TOLD[name]
    return f"{field.capitalize()}: {sentence}" if field else sentence
