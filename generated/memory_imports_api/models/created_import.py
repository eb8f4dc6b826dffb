from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CreatedImport")


@_attrs_define
class CreatedImport:
    """A new import, and where its file goes.

    Example:
        {'importId': 'mem_import_00000000000000000000000000', 'url': 'https://uploads.s3.us-
            east-1.amazonaws.com/people.csv?X-Amz-Expires=1800'}

    Attributes:
        import_id (str): The id to fetch the import by. Example: mem_import_00000000000000000000000000.
        url (str): Signed in advance, good for one PUT and for a limited time; as secret as a password. Example:
            https://uploads.s3.us-east-1.amazonaws.com/people.csv?X-Amz-Expires=1800.
    """

    import_id: str
    url: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        import_id = self.import_id

        url = self.url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "importId": import_id,
                "url": url,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        import_id = d.pop("importId")

        url = d.pop("url")

        created_import = cls(
            import_id=import_id,
            url=url,
        )

        created_import.additional_properties = d
        return created_import

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
