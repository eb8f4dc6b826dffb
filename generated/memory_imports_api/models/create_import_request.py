from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.column_mapping import ColumnMapping


T = TypeVar("T", bound="CreateImportRequest")


@_attrs_define
class CreateImportRequest:
    """A file, announced before it is sent.

    Example:
        {'filename': 'people.csv', 'fileSize': 81234, 'columnMappings': [{'columnName': 'email_address', 'traitGroup':
            'Contact', 'traitName': 'email'}, {'columnName': 'first_name', 'traitGroup': 'Contact', 'traitName':
            'firstName'}]}

    Attributes:
        filename (str): The name of the file, for people; the service does not read it from any disk. Example:
            people.csv.
        file_size (int): The length of the file in bytes. Example: 81234.
        column_mappings (list[ColumnMapping]): The columns to import; a column that is not named here is ignored.
            Example: [{'columnName': 'email_address', 'traitGroup': 'Contact', 'traitName': 'email'}, {'columnName':
            'first_name', 'traitGroup': 'Contact', 'traitName': 'firstName'}].
    """

    filename: str
    file_size: int
    column_mappings: list[ColumnMapping]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        filename = self.filename

        file_size = self.file_size

        column_mappings = []
        for componentsschemas_column_mappings_item_data in self.column_mappings:
            componentsschemas_column_mappings_item = componentsschemas_column_mappings_item_data.to_dict()
            column_mappings.append(componentsschemas_column_mappings_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "filename": filename,
                "fileSize": file_size,
                "columnMappings": column_mappings,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.column_mapping import ColumnMapping  # noqa: PLC0415

        d = dict(src_dict)
        filename = d.pop("filename")

        file_size = d.pop("fileSize")

        column_mappings = []
        _column_mappings = d.pop("columnMappings")
        for componentsschemas_column_mappings_item_data in _column_mappings:
            componentsschemas_column_mappings_item = ColumnMapping.from_dict(
                componentsschemas_column_mappings_item_data
            )

            column_mappings.append(componentsschemas_column_mappings_item)

        create_import_request = cls(
            filename=filename,
            file_size=file_size,
            column_mappings=column_mappings,
        )

        create_import_request.additional_properties = d
        return create_import_request

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
