"""Every rule of the live checks: its name, what a finding of it means, and which other findings explain it.

Names are stable: people write them into their own files. A rule that is `explained_by` another stays silent when
that one has spoken, so that one drift gives one finding; with `explained_there`, only at the place where it has.
"""

from collections.abc import Mapping

from attrs import frozen


@frozen
class Rule:
    """What a finding of this rule means, and whose consequence it may be."""

    meaning: str
    explained_by: tuple[str, ...] = ()
    explained_there: tuple[str, ...] = ()
    """A place in a request and the one of the same name in an answer are one place; what is below it belongs to it."""


_LIMITS = (
    "limit-loosened",
    "type-unchecked",
    "required-unchecked",
    "extra-field-accepted",
    "body-unchecked",
    "validation-missing",
)
_TOLD = ("echo-differs", "limit-loosened")
"""Who tells a value wrongly, or has taken a bad one, may well tell one out of bounds."""
_URL = ("upload-url-expired", "upload-url-scheme", "upload-url-unsigned")
_ASTRAY = ("upload-refused", *_URL, "upload-url-repeated", "created-id-repeated", "not-pending")
"""Of a file that did not go where it should, or of an import that was not new, the end says nothing."""

RULES: Mapping[str, Rule] = {
    # Statuses
    "success-status": Rule("A request that succeeds is answered with another success status than the contract's."),
    "server-error": Rule("A request is answered with a 5xx, each time it is sent."),
    "no-answer": Rule("A request loses the connection, each time it is sent, while others are answered."),
    "refusal-status": Rule("A request that breaks a rule is refused, but not with 400."),
    "good-request-refused": Rule("A plain request that the contract allows is refused."),
    # Access
    "credentials-ignored": Rule("A request with missing or wrong credentials is carried out."),
    "unauthorized-status": Rule(
        "Missing or wrong credentials are refused, but not with 401.", ("credentials-ignored",)
    ),
    "unknown-store-accepted": Rule(
        "A request to a store that does not exist is carried out.", ("unknown-import-accepted",)
    ),
    "unknown-store-status": Rule(
        "A store that does not exist is refused, but not with 404.", ("unknown-import-status",)
    ),
    "unknown-import-accepted": Rule("An import that does not exist is shown."),
    "unknown-import-status": Rule("An import that does not exist is refused, but not with 404."),
    "malformed-id-accepted": Rule(
        "An id that breaks its pattern is taken for a good one.",
        ("created-id-shape",),
        explained_there=("unknown-store-accepted", "unknown-import-accepted"),
    ),
    "malformed-id-status": Rule(
        "An id that breaks its pattern is refused, but with neither 400 nor 404.", ("refusal-status",)
    ),
    "undocumented-method-accepted": Rule("A method that the contract does not know does something."),
    "undocumented-method-status": Rule("A method that the contract does not know is refused with an odd status."),
    "method-allow": Rule("405 comes without Allow, or Allow names methods that the contract does not know."),
    "undocumented-path": Rule("A path that the vendor took away answers again.", ("unknown-import-accepted",)),
    # Limits, from both sides
    "limit-tightened": Rule("A value just inside a limit of the contract is refused.", ("good-request-refused",)),
    "limit-loosened": Rule("A value just outside a limit of the contract is accepted."),
    "type-unchecked": Rule("A value of the wrong type is accepted."),
    "required-unchecked": Rule("A request without a required field is accepted."),
    "extra-field-accepted": Rule("A request with a field that the contract does not allow is accepted."),
    "body-unchecked": Rule("A body that is missing, broken or not an object is accepted."),
    "validation-missing": Rule("Requests that break several rules of the contract are accepted."),
    "page-token-unchecked": Rule("A page token that no page gave is accepted.", ("page-repeats",)),
    "generated-request-refused": Rule(
        "A generated request that the contract allows is refused.", ("limit-tightened", "good-request-refused")
    ),
    "generated-request-accepted": Rule("A generated request that the contract forbids is accepted.", _LIMITS),
    # Any answer
    "content-encoding": Rule("An answer comes packed, although it was asked for as it is."),
    "content-type": Rule("An answer is not application/json."),
    "not-json": Rule("The body of an answer is not JSON."),
    "answer-type": Rule(
        "A value in an answer has another type than the contract's.", explained_there=("type-unchecked",)
    ),
    "answer-null": Rule(
        "A value in an answer is null where the contract allows none.", explained_there=("type-unchecked",)
    ),
    "answer-format": Rule("A value in an answer is not in the format that the contract names."),
    "answer-pattern": Rule(
        "A value in an answer does not match its pattern.", ("created-id-shape",), explained_there=_TOLD
    ),
    "answer-length": Rule(
        "A text, list or object in an answer is longer or shorter than the contract allows.",
        explained_there=(*_TOLD, "page-size-ignored"),
    ),
    "answer-range": Rule("A number in an answer is outside its range.", explained_there=_TOLD),
    "answer-enum": Rule("An answer holds a word that the contract does not know."),
    "answer-field-missing": Rule("A required field is missing from an answer."),
    "answer-field-unknown": Rule("An answer holds a field that the contract does not know."),
    "answer-field-renamed": Rule("A field is missing from an answer, and an unknown one stands in its object."),
    "field-vanished": Rule(
        "An optional field is missing although what happened before proves that it should be there.",
        ("status-goes-back",),
    ),
    "error-status": Rule("The status inside an error is not the HTTP status."),
    "error-code": Rule("The code of an error is none that the contract gives to the situation."),
    "retry-after-missing": Rule("429 does not say how long to wait."),
    "retry-after-form": Rule("Retry-After is not a number of seconds in digits."),
    # A new import
    "created-id-shape": Rule(
        "The id of a new import could not be used to fetch it.",
        explained_there=("answer-length",),
    ),
    "created-id-repeated": Rule("Two new imports have the same id."),
    "import-not-fetched": Rule(
        "An import that is there cannot be fetched.", ("created-id-shape", "created-id-repeated")
    ),
    "created-not-listed": Rule(
        "A new import is not in the list.",
        (
            "import-not-fetched",
            "created-id-shape",
            "created-id-repeated",
            "page-loses",
            "page-repeats",
            "next-token-missing",
            "answer-field-unknown",
            "answer-field-renamed",
        ),
    ),
    "not-pending": Rule(
        "An import is not PENDING although nothing was uploaded.", ("upload-unfit-accepted", "created-id-repeated")
    ),
    "echo-differs": Rule("Fetching an import shows other values than it was created with.", ("created-id-repeated",)),
    "created-at": Rule("createdAt is not the time of creation.", ("created-at-changes",)),
    "created-at-changes": Rule("createdAt is not the same each time.", ("created-id-repeated",)),
    "updated-at": Rule(
        "updatedAt is before createdAt, goes backwards, or does not move when the import does.",
        ("created-at", "created-at-changes", "status-goes-back"),
    ),
    # The upload
    "upload-url-repeated": Rule("Two new imports have the same upload URL."),
    "upload-url-scheme": Rule("The upload URL is none, or not one of HTTPS (or HTTP on this machine)."),
    "upload-url-unsigned": Rule("The upload URL is not signed, or its signature lacks a part."),
    "upload-url-expired": Rule("The upload URL expires too soon to be used, or has expired."),
    "upload-refused": Rule("An upload as the contract wants it is refused.", (*_URL, "upload-url-repeated")),
    "upload-status": Rule("An upload is taken with another status than 200."),
    "upload-etag": Rule("An upload is answered without an ETag by a store that otherwise does as S3 does."),
    "upload-unfit-accepted": Rule(
        "The object store takes an upload that S3 would refuse.",
        ("upload-refused", "upload-url-repeated", "upload-url-unsigned"),
    ),
    "upload-unfit-status": Rule("The object store breaks on an upload that S3 would refuse, or gives an odd status."),
    "object-error-form": Rule("An error of the object store is not XML with Code and Message."),
    "object-error-status": Rule(
        "An error of the object store has a code that S3 does not know, or another status than S3 gives to it."
    ),
    "refused-upload-counts": Rule(
        "An import moves on although its upload was refused.", ("upload-unfit-accepted", "not-pending")
    ),
    # The end of an import
    "import-never-ends": Rule(
        "An uploaded file is not brought to an end in time.", (*_ASTRAY, "answer-enum", "status-goes-back")
    ),
    "good-file-failed": Rule("A good file does not end COMPLETED.", _ASTRAY),
    "broken-file-completed": Rule("A file that cannot be read ends COMPLETED.", _ASTRAY),
    "row-errors-tolerance": Rule(
        "A file with few bad rows ends FAILED, or one with too many COMPLETED.", (*_ASTRAY, "broken-file-completed")
    ),
    "summary-counts": Rule(
        "The summary counts other bad rows than the file has, or now these, now those.", (*_ASTRAY, "good-file-failed")
    ),
    "status-goes-back": Rule("The status of an import goes backwards, or changes after the end.", _ASTRAY),
    # The list
    "list-order": Rule("A list is not in the order that was asked for.", ("created-at-changes",)),
    "default-order": Rule(
        "Without orderBy the newest import does not come first.", ("list-order", "created-at-changes")
    ),
    "orders-differ": Rule(
        "The two orders do not hold the same imports.",
        (
            "page-loses",
            "page-repeats",
            "created-not-listed",
            "next-token-missing",
            "answer-field-unknown",
            "answer-field-renamed",
        ),
    ),
    "page-size-ignored": Rule("A page holds more ids than were asked for."),
    "page-size-short": Rule(
        "Every page holds fewer ids than were asked for, although there are more.", ("page-loses",)
    ),
    "default-page-size": Rule(
        "Without pageSize a page is not of the contract's default size.",
        ("meta-page-size", "page-size-short", "page-loses", "created-not-listed"),
    ),
    "meta-page-size": Rule("meta.pageSize is not the page size that was asked for.", ("page-size-ignored",)),
    "meta-key": Rule("meta.key does not name the field that holds the ids."),
    "page-repeats": Rule("An id stands on two pages, or twice on one."),
    "page-loses": Rule(
        "Paging does not show ids that are there.", ("page-repeats", "next-token-missing", "list-order")
    ),
    "next-token-missing": Rule(
        "A page that is not the last one has no nextToken.",
        ("answer-field-renamed", "answer-field-unknown", "previous-token-on-first-page"),
    ),
    "next-token-refused": Rule("A nextToken that a page gave is refused."),
    "next-token-on-last-page": Rule("The last page has a nextToken.", ("page-repeats",)),
    "previous-token-on-first-page": Rule("The first page has a previousToken."),
    "previous-token-wrong": Rule(
        "A previousToken does not lead back to the page before.", ("page-repeats", "page-loses")
    ),
}
