"""A mapping for people to correct: which column of a file looks like which trait. Maps nothing by itself."""

from memory_imports.tables.suggest.document import as_yaml
from memory_imports.tables.suggest.problems import problems_of, refuse_data
from memory_imports.tables.suggest.suggest import suggest
from memory_imports.tables.suggest.suggestion import Limits, Suggestion, Suggestions

__all__ = ["Limits", "Suggestion", "Suggestions", "as_yaml", "problems_of", "refuse_data", "suggest"]
