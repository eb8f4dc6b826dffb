from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Error")


@_attrs_define
class Error:
    """Why a request was not answered as asked; none of its properties is promised.

    Example:
        {'code': 20404, 'message': 'The import was not found.', 'more_info':
            'https://www.twilio.com/docs/api/errors/20404', 'status': 404}

    Attributes:
        code (int | Unset): The vendor's number for this error. Of this API's own: 520041 no such store, 520042 the
            store is not
            active yet, 520046 the request is invalid, 520047 no such trait group, 520049 the store id is malformed.
             Example: 20404.
        message (str | Unset): The same in words. Example: The import was not found..
        more_info (str | Unset): A page about the code. Example: https://www.twilio.com/docs/api/errors/20404.
        status (int | Unset): The HTTP status of the answer, once more. Example: 404.
    """

    code: int | Unset = UNSET
    message: str | Unset = UNSET
    more_info: str | Unset = UNSET
    status: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        message = self.message

        more_info = self.more_info

        status = self.status

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if code is not UNSET:
            field_dict["code"] = code
        if message is not UNSET:
            field_dict["message"] = message
        if more_info is not UNSET:
            field_dict["more_info"] = more_info
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        code = d.pop("code", UNSET)

        message = d.pop("message", UNSET)

        more_info = d.pop("more_info", UNSET)

        status = d.pop("status", UNSET)

        error = cls(
            code=code,
            message=message,
            more_info=more_info,
            status=status,
        )

        return error
