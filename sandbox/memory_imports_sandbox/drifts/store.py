"""Drifts of the object store: what it lets in, what it turns away, how it says so, and what it keeps."""

from collections.abc import Callable
from typing import Any

from memory_imports_sandbox.drifts import uploads
from memory_imports_sandbox.drifts.drift import Drift, ReplyRule, RequestRule
from memory_imports_sandbox.drifts.rules import body, status
from memory_imports_sandbox.objects import UPLOAD


def _lets(name: str, where: str, says: str, rule: RequestRule, **more: Any) -> Drift:  # noqa: ANN401 - fields of Drift
    return Drift(
        name=name,
        operations=(UPLOAD,),
        where=f"request:{where}",
        says=says,
        level="upload",
        request=rule,
        **more,
    )


def _says(name: str, where: str, says: str, rule: ReplyRule) -> Drift:
    return Drift(name=name, operations=(UPLOAD,), where=f"answer:{where}", says=says, level="upload", reply=rule)


def _keeps(name: str, says: str, keep: Callable[[bytes], bytes]) -> Drift:
    return Drift(
        name=name,
        operations=(UPLOAD,),
        where="request:",
        says=says,
        level="upload",
        blobs=lambda blobs: uploads.Changed(blobs, keep),
    )


LETS_IN: tuple[Drift, ...] = (
    _lets("store-any-signature", "query/X-Amz-Signature", "A wrong signature is taken.", uploads.any_signature),
    _lets("store-no-signature", "query/X-Amz-Signature", "A PUT without any signature is taken.", uploads.no_signature),
    _lets("store-any-lifetime", "query/X-Amz-Expires", "A lifetime that was changed is taken.", uploads.any_lifetime),
    _lets(
        "store-expired-taken",
        "query/X-Amz-Expires",
        "An expired URL is taken.",
        uploads.any_age,
        wants={"url_lifetime": 40},
    ),
    _lets("store-any-key", "path", "One import's signature opens those of others.", uploads.any_key),
    _lets(
        "store-two-mechanisms",
        "header/authorization",
        "Credentials beside a signature are taken.",
        uploads.two_mechanisms,
    ),
    _lets(
        "store-chunked",
        "header/transfer-encoding",
        "A body in pieces, without a length, is taken.",
        uploads.in_pieces,
        closing=uploads.as_long_as_it_is,
    ),
    _lets("store-takes-post", "method", "POST does what PUT does.", uploads.called(POST="PUT")),
)

TURNS_AWAY: tuple[Drift, ...] = (
    _lets("store-refuses-all", "query/X-Amz-Signature", "No signature is ever good.", uploads.without_query),
    _lets("store-wants-post", "method", "An upload has to be a POST.", uploads.called(POST="PUT", PUT="PATCH")),
    _lets(
        "store-wants-content-type",
        "header/content-type",
        "An upload without a content type is refused.",
        uploads.unless(lambda request: request.header("content-type") is not None),
    ),
    _lets(
        "store-refuses-content-type",
        "header/content-type",
        "An upload with a content type is refused.",
        uploads.unless(lambda request: request.header("content-type") is None),
    ),
    _lets(
        "store-wants-checksum",
        "header/content-md5",
        "An upload without a checksum is refused.",
        uploads.unless(lambda request: request.header("content-md5") is not None),
    ),
)

SAYS: tuple[Drift, ...] = (
    _says("store-answers-201", "status", "An upload is answered with 201.", status(201, 200)),
    _says("store-answers-202", "status", "An upload is answered with 202.", status(202, 200)),
    _says("store-answers-204", "status", "An upload is answered with 204.", status(204, 200)),
    _says("store-mismatch-401", "status", "A wrong signature is 401.", status(401, 403)),
    _says("store-mismatch-400", "status", "A wrong signature is 400.", status(400, 403)),
    _says("store-mismatch-500", "status", "A wrong signature is 500.", status(500, 403)),
    _says("store-errors-json", "header/content-type", "Errors are JSON.", uploads.as_json),
    _says("store-errors-text", "header/content-type", "A refusal is plain text.", body(b"No.", "text/plain", 403)),
    _says("store-errors-without-code", "/Code", "Errors have no code.", uploads.without_code),
)

KEEPS: tuple[Drift, ...] = (
    _keeps("store-drops-last-byte", "The last byte of a file is lost.", lambda file: file[:-1]),
    _keeps("store-keeps-nothing", "A file is lost.", lambda _: b""),
    _keeps("store-garbles", "The bytes of a file are turned around.", lambda file: file[::-1]),
)
