"""`python -m memory_imports`, and what its script on the path runs."""

import signal
import sys
from typing import NoReturn

from memory_imports.cli import main


def run() -> NoReturn:
    """Run the command line; once all is said, an interruption changes nothing any more."""
    code = main()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


if __name__ == "__main__":
    run()
