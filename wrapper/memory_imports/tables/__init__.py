"""Files of people: read and checked as the service would. Knows nothing of HTTP; sends nothing."""

from memory_imports.tables.check import Checked, check
from memory_imports.tables.mapping import parse_mapping
from memory_imports.tables.rules import Blank, Rules

__all__ = ["Blank", "Checked", "Rules", "check", "parse_mapping"]
