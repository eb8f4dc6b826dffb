"""What every test of the flows shares."""

from functools import cache

import httpx
import pytest


@pytest.fixture(autouse=True, scope="session")
def certificates_once() -> object:
    """Load the machine's certificates once: it takes a tenth of a second, and no test here speaks TLS."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx, "create_ssl_context", cache(httpx.create_ssl_context))
        yield
