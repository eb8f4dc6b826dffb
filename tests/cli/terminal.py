"""A stream that claims to be a terminal, and keeps what is written to it."""

import io


class Terminal(io.StringIO):
    """As wide as the tests need it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Whether this is a terminal: so it says."""
        return True
