"""Who the sandbox is: its store, its credentials, its keys; made up once and kept with the data.

The keys outlive a restart, so that upload URLs and page tokens given out before it still work. Credentials that were
given are not kept: they may be those of a real account.
"""

import sqlite3

from attrs import field, frozen

from memory_imports_sandbox import ids
from memory_imports_sandbox.database import transaction
from memory_imports_sandbox.ids import Randomness
from memory_imports_sandbox.settings import SandboxError, Settings


@frozen
class Keys:
    """The object store's own made-up pair of keys; it opens nothing anywhere else."""

    access_key: str
    secret_key: str = field(repr=False)


@frozen
class Account:
    """One store, who may use it, and what signs its URLs and tokens."""

    store_id: str
    username: str
    password: str = field(repr=False)
    keys: Keys = field(repr=False)
    token_secret: bytes = field(repr=False)


def settle(settings: Settings, connection: sqlite3.Connection, random: Randomness, now: float) -> Account:
    """The account of this database: what the settings say, else what was made up and kept.

    Raises:
        SandboxError: The database belongs to another store than the settings name.
    """
    fresh = {
        "store_id": settings.store_id or ids.new("mem_store_", now, random),
        "username": "SK" + random(16).hex(),
        "password": random(16).hex(),
        "access_key": "SANDBOX" + random(6).hex().upper(),
        "secret_key": random(20).hex(),
        "token_secret": random(32).hex(),
    }
    with transaction(connection):
        kept = {str(name): str(value) for name, value in connection.execute("SELECT name, value FROM facts")}
        if "store_id" in kept and settings.store_id not in {None, kept["store_id"]}:
            raise SandboxError(f"The data folder belongs to the store {kept['store_id']}, not to {settings.store_id}.")
        known = fresh | kept
        connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", known.items())
    return Account(
        store_id=known["store_id"],
        username=known["username"] if settings.username is None else settings.username,
        password=known["password"] if settings.password is None else settings.password,
        keys=Keys(known["access_key"], known["secret_key"]),
        token_secret=bytes.fromhex(known["token_secret"]),
    )
