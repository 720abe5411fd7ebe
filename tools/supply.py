"""Check the supply chain: locks, bill of materials, pinned images and actions.

Usage: python -m tools.supply check   check that all of them agree
       python -m tools.supply bill    write sbom.cdx.json (CycloneDX 1.6) from the lock

No server is asked. ``make lock`` writes the locks themselves.
"""

import sys

from tools import bill, locks, pinned


def check() -> list[str]:
    """Return a sentence for each disagreement."""
    lock, dev = locks.read(locks.LOCK), locks.read(locks.DEV_LOCK)
    notify = locks.read(locks.NOTIFY_LOCK)
    return [
        *locks.disagreements(locks.required(), lock),
        *locks.disagreements(locks.required(locks.NOTIFY_REQUIREMENTS), notify),
        *locks.disagreements(locks.required(locks.DEV_REQUIREMENTS), dev),
        *locks.differences(lock, dev),
        *locks.differences(notify, dev),
        *bill.disagreements(lock),
        *pinned.unpinned(),
    ]


def main(command: str) -> None:
    if command == "bill":
        bill.write(locks.read(locks.LOCK))
    elif found := check():
        sys.exit("\n".join([*found, "Mend what is named, or run: make lock"]))


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("check", "bill"):
        sys.exit(__doc__)
    main(sys.argv[1])
