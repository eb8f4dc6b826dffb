from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ColumnMapping")


@_attrs_define
class ColumnMapping:
    """Where the cells of one column go.

    Example:
        {'columnName': 'email_address', 'traitGroup': 'Contact', 'traitName': 'email'}

    Attributes:
        column_name (str): The column, as the file's header spells it. Example: email_address.
        trait_group (str): The group of the trait, as the store defines it. Example: Contact.
        trait_name (str): The trait within its group. Example: email.
    """

    column_name: str
    trait_group: str
    trait_name: str

    def to_dict(self) -> dict[str, Any]:
        column_name = self.column_name

        trait_group = self.trait_group

        trait_name = self.trait_name

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "columnName": column_name,
                "traitGroup": trait_group,
                "traitName": trait_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        column_name = d.pop("columnName")

        trait_group = d.pop("traitGroup")

        trait_name = d.pop("traitName")

        column_mapping = cls(
            column_name=column_name,
            trait_group=trait_group,
            trait_name=trait_name,
        )

        return column_mapping
