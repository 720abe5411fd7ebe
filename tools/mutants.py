"""``make mutants``: change the code at random places and check that a test fails.

Usage: python tools/mutants.py [HOW_MANY [SEED]]

``pyproject.toml`` ([tool.mutmut]) names the code to change and the tests to run. A sample of
changes is drawn, the same for the same seed; the share that the tests detected is printed, with the
changes that they missed. (To run all of them, some 2,000: ``rm -rf mutants; mutmut run``.)
"""

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTMUT = Path(sys.executable).with_name("mutmut")
NOTICED, NOT_NOTICED, NOT_TESTED, RUN_OUT = "noticed", "not noticed", "not tested", "ran too long"
# Exit codes of the tests of a change: https://mutmut.readthedocs.io
MEANING = {0: NOT_NOTICED, 1: NOTICED, 3: NOTICED, 5: NOT_TESTED, 33: NOT_TESTED, 36: RUN_OUT}
MEANING |= {24: RUN_OUT, 152: RUN_OUT, -24: RUN_OUT}


def verdicts() -> dict[str, int | None]:
    """Return the exit code of the tests of each change, None if they have not run."""
    found: dict[str, int | None] = {}
    for file in sorted((ROOT / "mutants").rglob("*.meta")):
        found |= json.loads(file.read_text("utf-8"))["exit_code_by_key"]
    return found


def run(*names: str) -> None:
    subprocess.run([MUTMUT, "run", "--max-children", "2", *names], cwd=ROOT, check=False)


def main(how_many: int = 200, seed: int = 1) -> None:
    run("none.of.them")  # generates the changes and finds the tests that reach them
    names = random.Random(seed).sample(sorted(verdicts()), how_many)
    run(*names)
    ended = {name: code for name, code in verdicts().items() if name in set(names)}
    counted = Counter(MEANING.get(code, f"ended with {code}") for code in ended.values())
    for name, code in ended.items():
        if MEANING.get(code) not in (NOTICED, RUN_OUT):
            print(f"{MEANING.get(code, code)}: {name}    (mutmut show {name})")
    killed = counted[NOTICED] + counted[RUN_OUT]
    print(f"{killed} of {len(names)} changes were noticed ({killed / len(names):.0%}): {counted}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
