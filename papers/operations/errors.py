"""The errors of operating the site, each with a sentence for the operator."""


class NoBackup(Exception):
    """The backup or restore failed; the message says why and what to do."""


class NotSetUp(Exception):
    """A daily step has nothing to do here; the message says what would set it up."""


class StepFailed(Exception):
    """A daily step failed for a reason that was foreseen; the message is one line."""
