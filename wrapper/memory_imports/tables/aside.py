"""What does not fit into memory goes to a private, nameless file; where there is no room for it, in one sentence."""

from collections.abc import Generator
from contextlib import contextmanager

from memory_imports.errors import InvalidRequest


@contextmanager
def put_aside() -> Generator[None]:
    """Write to such a file.

    Raises:
        InvalidRequest: There is no room for it.
    """
    try:
        yield
    except OSError as problem:
        message = (
            "What has to be remembered of so many rows cannot be written to the folder for temporary files: "
            f"{problem.strerror}; make room there, or name another folder in TMPDIR."
        )
        raise InvalidRequest(message, field="spool") from None
