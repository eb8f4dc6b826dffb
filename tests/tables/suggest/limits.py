"""What the service takes, for tests that do not care."""

from memory_imports.tables.suggest import Limits

LIMITS = Limits(characters=64, columns=2, identifiers=frozenset({"email", "phone", "whatsapp"}))
