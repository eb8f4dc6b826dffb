"""Contains all the data models used in inputs/outputs"""

from .column_mapping import ColumnMapping
from .create_import_request import CreateImportRequest
from .created_import import CreatedImport
from .error import Error
from .import_list import ImportList
from .import_state import ImportState
from .import_status import ImportStatus
from .import_summary import ImportSummary
from .list_meta import ListMeta
from .sort_order import SortOrder

__all__ = (
    "ColumnMapping",
    "CreatedImport",
    "CreateImportRequest",
    "Error",
    "ImportList",
    "ImportState",
    "ImportStatus",
    "ImportSummary",
    "ListMeta",
    "SortOrder",
)
