"""What one publisher may take of the machine. The larger of two real archives has 1.1 GB."""

MAX_BYTES = 4 * 2**30
"""Bytes of one checkout on the disk, with its history."""

MAX_SECONDS = 30 * 60.0
"""Seconds that one step of a fetch may take: the first one brings everything."""

MAX_SILENCE = 60
"""Seconds after which a host that sends nothing is given up."""
