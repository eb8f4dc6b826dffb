"""The client that a command works with. What is costly to import waits until one is made."""

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from memory_imports.client import MemoryImports


def client_of(options: argparse.Namespace) -> "MemoryImports":
    """Return a client for the store and the service that the options, else the environment, name.

    Raises:
        CredentialsMissing: There are none in the environment.
        InvalidRequest: There is no store, or the base URL will not do.
    """
    from memory_imports.client import MemoryImports  # noqa: PLC0415 - most of what there is to import

    return MemoryImports(options.store, base_url=options.base_url)


def client_at(announcement: Any) -> "MemoryImports":  # noqa: ANN401 - of a package that may not be there
    """Return a client for a sandbox, whatever the environment says."""
    from memory_imports.client import MemoryImports  # noqa: PLC0415 - as above

    credentials = (announcement.username, announcement.password)
    return MemoryImports(announcement.store_id, credentials=credentials, base_url=announcement.base_url)
