"""What every test shares."""

from collections.abc import Iterator

import pytest

from memory_imports import _held


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    """Forget the secrets of a test at its end: those of another would be taken out of what it says."""
    yield
    _held.forget()
