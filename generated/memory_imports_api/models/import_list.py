from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.list_meta import ListMeta


T = TypeVar("T", bound="ImportList")


@_attrs_define
class ImportList:
    """One page of a store's imports.

    Example:
        {'imports': ['mem_import_00000000000000000000000000'], 'meta': {'key': 'imports', 'pageSize': 50}}

    Attributes:
        imports (list[str] | Unset): The ids of the page, in the order that was asked for. Example:
            ['mem_import_00000000000000000000000000'].
        meta (ListMeta | Unset): Where a page stands among the others. Example: {'key': 'imports', 'pageSize': 50,
            'nextToken': 'bmV4dDoy'}.
    """

    imports: list[str] | Unset = UNSET
    meta: ListMeta | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        imports: list[str] | Unset = UNSET
        if not isinstance(self.imports, Unset):
            imports = self.imports

        meta: dict[str, Any] | Unset = UNSET
        if not isinstance(self.meta, Unset):
            meta = self.meta.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if imports is not UNSET:
            field_dict["imports"] = imports
        if meta is not UNSET:
            field_dict["meta"] = meta

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.list_meta import ListMeta  # noqa: PLC0415

        d = dict(src_dict)
        imports = cast(list[str], d.pop("imports", UNSET))

        _meta = d.pop("meta", UNSET)
        meta: ListMeta | Unset
        if isinstance(_meta, Unset):
            meta = UNSET
        else:
            meta = ListMeta.from_dict(_meta)

        import_list = cls(
            imports=imports,
            meta=meta,
        )

        import_list.additional_properties = d
        return import_list

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
