from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ListMeta")


@_attrs_define
class ListMeta:
    """Where a page stands among the others.

    Example:
        {'key': 'imports', 'pageSize': 50, 'nextToken': 'bmV4dDoy'}

    Attributes:
        key (str | Unset): The property of the answer that holds the ids. Example: imports.
        page_size (int | Unset): How many ids a page was meant to hold. Example: 50.
        next_token (str | Unset): Opaque; only what an earlier page gave is worth anything. Example: bmV4dDoy.
        previous_token (str | Unset): Opaque; only what an earlier page gave is worth anything. Example: bmV4dDoy.
    """

    key: str | Unset = UNSET
    page_size: int | Unset = UNSET
    next_token: str | Unset = UNSET
    previous_token: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        key = self.key

        page_size = self.page_size

        next_token = self.next_token

        previous_token = self.previous_token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if key is not UNSET:
            field_dict["key"] = key
        if page_size is not UNSET:
            field_dict["pageSize"] = page_size
        if next_token is not UNSET:
            field_dict["nextToken"] = next_token
        if previous_token is not UNSET:
            field_dict["previousToken"] = previous_token

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        key = d.pop("key", UNSET)

        page_size = d.pop("pageSize", UNSET)

        next_token = d.pop("nextToken", UNSET)

        previous_token = d.pop("previousToken", UNSET)

        list_meta = cls(
            key=key,
            page_size=page_size,
            next_token=next_token,
            previous_token=previous_token,
        )

        list_meta.additional_properties = d
        return list_meta

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
