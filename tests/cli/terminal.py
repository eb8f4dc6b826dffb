"""A stream that claims to be a terminal, and keeps what is written to it."""

import io


class Terminal(io.StringIO):
    """As wide as the tests need it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Whether this is a terminal: so it says."""
        return True


class Keyboard(io.TextIOWrapper):
    """A terminal on which somebody types these lines."""

    def __init__(self, *lines: str | bytes) -> None:
        typed = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
        super().__init__(io.BytesIO(typed), encoding="utf-8")

    def isatty(self) -> bool:
        """Whether this is a terminal: so it says."""
        return True
