"""What a reader of some kind of file says where it cannot go on; whoever knows the file's name passes it on."""

from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from memory_imports.errors import InvalidRequest, how_to_install


class Refusal(Exception):  # noqa: N818 - a finding about the file, turned into a problem by the reader of it
    """Nothing of the file can be read from here on."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@contextmanager
def reading(kind: str, *errors: type[Exception]) -> Generator[None]:
    """Take what a library raises for the sign of a damaged file; a disk that fails is another matter.

    Raises:
        Refusal: The library gave up.
    """
    try:
        yield
    except errors as problem:
        if isinstance(problem, OSError) and problem.errno is not None:
            raise
        message = f"the {kind} is damaged, or has something in it that cannot be read here; write it anew."
        raise Refusal("damaged", message) from None


def library(module: str, kind: str) -> Any:  # noqa: ANN401 - they bring no types
    """Import what only some files need.

    Raises:
        InvalidRequest: It is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        message = f"{kind} need another library; {how_to_install('data')}."
        raise InvalidRequest(message, field="source") from None
