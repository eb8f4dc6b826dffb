"""Files of people: read and checked as the service would. Knows nothing of HTTP; sends nothing."""

from memory_imports.tables.check import Blank, Checked, Rules, check
from memory_imports.tables.mapping import parse_mapping

__all__ = ["Blank", "Checked", "Rules", "check", "parse_mapping"]
