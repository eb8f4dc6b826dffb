from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.import_state import ImportState
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.column_mapping import ColumnMapping
    from ..models.import_summary import ImportSummary


T = TypeVar("T", bound="ImportStatus")


@_attrs_define
class ImportStatus:
    """An import as the service sees it now.

    Example:
        {'status': 'PROCESSING', 'filename': 'people.csv', 'createdAt': '2026-10-05T14:48:00Z', 'updatedAt':
            '2026-10-05T14:49:30Z'}

    Attributes:
        status (ImportState): How far an import has come; `COMPLETED` and `FAILED` are final. Example: PROCESSING.
        filename (str): The name of the file, for people; the service does not read it from any disk. Example:
            people.csv.
        created_at (datetime.datetime): When the import was created. Example: 2026-10-05T14:48:00Z.
        updated_at (datetime.datetime | Unset): When the service last touched it. Example: 2026-10-05T14:49:30Z.
        file_size (int | Unset): The length of the file in bytes. Example: 81234.
        column_mappings (list[ColumnMapping] | Unset): The columns to import; a column that is not named here is
            ignored. Example: [{'columnName': 'email_address', 'traitGroup': 'Contact', 'traitName': 'email'},
            {'columnName': 'first_name', 'traitGroup': 'Contact', 'traitName': 'firstName'}].
        summary (ImportSummary | Unset): Counts of rows, never their numbers. A completed import may still have errors.
            Example: {'errors': 3, 'warnings': 1}.
    """

    status: ImportState
    filename: str
    created_at: datetime.datetime
    updated_at: datetime.datetime | Unset = UNSET
    file_size: int | Unset = UNSET
    column_mappings: list[ColumnMapping] | Unset = UNSET
    summary: ImportSummary | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        status = self.status.value

        filename = self.filename

        created_at = self.created_at.isoformat()

        updated_at: str | Unset = UNSET
        if not isinstance(self.updated_at, Unset):
            updated_at = self.updated_at.isoformat()

        file_size = self.file_size

        column_mappings: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.column_mappings, Unset):
            column_mappings = []
            for componentsschemas_column_mappings_item_data in self.column_mappings:
                componentsschemas_column_mappings_item = componentsschemas_column_mappings_item_data.to_dict()
                column_mappings.append(componentsschemas_column_mappings_item)

        summary: dict[str, Any] | Unset = UNSET
        if not isinstance(self.summary, Unset):
            summary = self.summary.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "status": status,
                "filename": filename,
                "createdAt": created_at,
            }
        )
        if updated_at is not UNSET:
            field_dict["updatedAt"] = updated_at
        if file_size is not UNSET:
            field_dict["fileSize"] = file_size
        if column_mappings is not UNSET:
            field_dict["columnMappings"] = column_mappings
        if summary is not UNSET:
            field_dict["summary"] = summary

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.column_mapping import ColumnMapping  # noqa: PLC0415
        from ..models.import_summary import ImportSummary  # noqa: PLC0415

        d = dict(src_dict)
        status = ImportState(d.pop("status"))

        filename = d.pop("filename")

        created_at = datetime.datetime.fromisoformat(d.pop("createdAt"))

        _updated_at = d.pop("updatedAt", UNSET)
        updated_at: datetime.datetime | Unset
        if isinstance(_updated_at, Unset):
            updated_at = UNSET
        else:
            updated_at = datetime.datetime.fromisoformat(_updated_at)

        file_size = d.pop("fileSize", UNSET)

        _column_mappings = d.pop("columnMappings", UNSET)
        column_mappings: list[ColumnMapping] | Unset = UNSET
        if _column_mappings is not UNSET:
            column_mappings = []
            for componentsschemas_column_mappings_item_data in _column_mappings:
                componentsschemas_column_mappings_item = ColumnMapping.from_dict(
                    componentsschemas_column_mappings_item_data
                )

                column_mappings.append(componentsschemas_column_mappings_item)

        _summary = d.pop("summary", UNSET)
        summary: ImportSummary | Unset
        if isinstance(_summary, Unset):
            summary = UNSET
        else:
            summary = ImportSummary.from_dict(_summary)

        import_status = cls(
            status=status,
            filename=filename,
            created_at=created_at,
            updated_at=updated_at,
            file_size=file_size,
            column_mappings=column_mappings,
            summary=summary,
        )

        import_status.additional_properties = d
        return import_status

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
