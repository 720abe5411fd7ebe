"""The program of ``papers.parallel``: answers until no more questions come, as whoever asked
is done, or dead.

A question is a function of the site's and its argument, pickled; the answer is how this process
would index, and what the function makes of it. No database is opened.
"""

import pickle
import sys
from typing import BinaryIO

import django

django.setup()

from papers.search.index_version import current_version  # noqa: E402


def main(questions: BinaryIO, answers: BinaryIO) -> None:
    while True:
        try:
            function, argument = pickle.load(questions)
        except EOFError:
            return
        pickle.dump((current_version(), function(argument)), answers)
        answers.flush()


if __name__ == "__main__":
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # nothing else may be printed there
    main(sys.stdin.buffer, out)
