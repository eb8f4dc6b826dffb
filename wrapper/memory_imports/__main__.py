"""`python -m memory_imports`: the command line, where its script is not on the path."""

import sys

from memory_imports.cli import main

if __name__ == "__main__":
    sys.exit(main())
