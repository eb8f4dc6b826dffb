"""Files of people: read, checked, cut, rewritten. Knows nothing of HTTP; sends nothing."""

from memory_imports.tables.mapping import parse_mapping
from memory_imports.tables.rules import Blank, Decisions, Options, Rules, Source, Sources

__all__ = ["Blank", "Decisions", "Options", "Rules", "Source", "Sources", "parse_mapping"]
