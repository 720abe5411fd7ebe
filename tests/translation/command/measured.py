"""``manage.py`` that ends by printing the most memory that it took."""

import resource
import sys

from tests.translation.command.run_translator import main

if __name__ == "__main__":
    main(sys.argv)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
