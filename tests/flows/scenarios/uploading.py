"""Uploading a file: the object store's answers, ambiguous ones, expiry and redirects."""

from attrs import evolve

from memory_imports import errors
from memory_imports._body import body_of
from memory_imports._flow import Tries
from tests.flows.scenarios.scenario import CONTENT, TRIES, Place, Scenario, upload
from tests.support.replies import (
    CLOSED,
    LOST,
    REFUSED,
    SIGNATURE,
    STORED,
    UNREAD,
    import_id,
    moved,
    old_upload_url,
    status,
    upload_url,
    xml,
)
from tests.support.wire import HERE

_NOTHING = type(None)


def _changing(place: Place) -> Tries:
    """Change the file between two attempts: randomness is asked for there."""

    def random() -> float:
        (place.folder / "people.csv").write_bytes(CONTENT.replace(b"Bob", b"Rob!"))
        return 0.5

    return evolve(TRIES, random=random)


SCENARIOS = [
    Scenario(name="upload", start=upload(), meets=[STORED], sent="PUT", ends=_NOTHING, slept=[]),
    Scenario(name="upload, older signature", start=upload(old_upload_url()), meets=[STORED], sent="PUT", ends=_NOTHING),
    Scenario(
        name="upload from a file",
        start=upload(source=lambda place: body_of(place.file())),
        meets=[xml(503, "SlowDown"), STORED],
        sent="PUT PUT",
        ends=_NOTHING,
    ),
    *(
        Scenario(name=f"upload, {why}", start=upload(), meets=[first, STORED], sent="PUT PUT", ends=_NOTHING)
        for why, first in {
            "503 SlowDown": xml(503, "SlowDown"),
            "400 RequestTimeout": xml(400, "RequestTimeout"),
        }.items()
    ),
    *(
        Scenario(
            name=f"upload, told to come back after {asked[:9]} seconds, its end {why}",
            start=upload(url),
            meets=[xml(503, "SlowDown", retry_after=asked)],
            sent="PUT",
            ends=errors.UploadRefused,
            facts={"code": "SlowDown", "status": 503},
            slept=[],
        )
        for asked in ("1801", "99999999", "1" + "0" * 300)
        for why, url in {"known": upload_url(), "unknown": f"{HERE}/bucket/plain"}.items()
        if (asked, why) != ("1801", "unknown")
    ),
    Scenario(
        name="upload, told to come back while the URL is good",
        start=upload(),
        meets=[xml(503, "SlowDown", retry_after="1790"), STORED],
        sent="PUT PUT",
        ends=_NOTHING,
        slept=[1790.25],
    ),
    Scenario(name="upload, refused", start=upload(), meets=[REFUSED, STORED], sent="PUT", ends=_NOTHING),
    *(
        Scenario(
            name=f"upload, {why}, and it had arrived: {word}",
            start=upload(),
            meets=[first, status(word)],
            sent="PUT GET",
            ends=_NOTHING,
        )
        for why, first in {"reset": LOST, "500": xml(500, "InternalError"), "closed": CLOSED}.items()
        for word in ("PROCESSING", "COMPLETED", "FAILED", "DREAMING")
    ),
    *(
        Scenario(
            name=f"upload, {why}, and it had not arrived",
            start=upload(),
            meets=[first, *[status("PENDING")] * 3, STORED],
            sent="PUT GET GET GET PUT",
            ends=_NOTHING,
        )
        for why, first in {"reset": LOST, "reset early": UNREAD, "500": xml(500, "InternalError")}.items()
    ),
    Scenario(
        name="upload, reset to the end",
        start=upload(),
        meets=[LOST, *[status("PENDING")] * 3] * 6,
        sent=" ".join(["PUT GET GET GET"] * 6),
        ends=errors.ConnectionLost,
        facts={"import_id": import_id()},
    ),
    Scenario(
        name="upload, 503 to the end",
        start=upload(),
        meets=[xml(503, "SlowDown")] * 6,
        sent=" ".join(["PUT"] * 6),
        ends=errors.UploadRefused,
        facts={"status": 503, "code": "SlowDown", "import_id": import_id(), "request_id": "S3RQ"},
    ),
    Scenario(
        name="upload, 403 SignatureDoesNotMatch",
        start=upload(),
        meets=[
            xml(403, "SignatureDoesNotMatch", more=f"<SignatureProvided>{SIGNATURE}</SignatureProvided>"),
        ],
        sent="PUT",
        ends=errors.UploadRefused,
        facts={"status": 403, "code": "SignatureDoesNotMatch", "request_id": "S3RQ"},
        words=("SignatureDoesNotMatch", "create a new import"),
    ),
    Scenario(
        name="upload, a refusal without a word",
        start=upload(),
        meets=[evolve(STORED, status=403, headers={"x-amz-request-id": "S3HEAD"})],
        sent="PUT",
        ends=errors.UploadRefused,
        facts={"code": None, "request_id": "S3HEAD"},
        words=("without a code",),
    ),
    Scenario(
        name="upload, URL ended before the first try",
        start=upload(upload_url(ends=-1)),
        meets=[],
        sent="",
        ends=errors.UploadExpired,
        facts={"import_id": import_id()},
        words=("2027-01-15 07:59:59 UTC",),
    ),
    Scenario(
        name="upload, URL ended by the answer, against our clock",
        start=upload(),
        meets=[xml(403, "AccessDenied", "Request has expired")],
        sent="PUT",
        ends=errors.UploadExpired,
        facts={"code": "AccessDenied"},
        words=("check the clocks",),
    ),
    Scenario(
        name="upload, URL ended by the answer, its end unknown",
        start=upload(f"{HERE}/bucket/plain"),
        meets=[xml(403, "AccessDenied", "Request has expired")],
        sent="PUT",
        ends=errors.UploadExpired,
        words=("upload at once",),
    ),
    Scenario(
        name="upload, redirected within the provider",
        start=upload(),
        meets=[moved(upload_url(2)), STORED],
        sent="PUT PUT",
        ends=_NOTHING,
    ),
    Scenario(
        name="upload, redirected within the server, told as seen from there",
        start=upload(),
        meets=[moved(upload_url(2, host="")), STORED],
        sent="PUT PUT",
        ends=_NOTHING,
    ),
    *(
        Scenario(
            name=f"upload, redirected {where}",
            start=upload(),
            meets=[moved(target)],
            sent="PUT",
            ends=errors.UploadRefused,
            facts={"status": 307, "import_id": import_id()},
            words=("another provider",),
        )
        for where, target in {
            "to another host": upload_url(host="http://elsewhere.test"),
            "nowhere": "",
            "to another port": upload_url(host="http://127.0.0.1:1"),
        }.items()
    ),
    Scenario(
        name="upload, redirected twice",
        start=upload(),
        meets=[moved(upload_url(2)), moved(upload_url(3))],
        sent="PUT PUT",
        ends=errors.UploadRefused,
        facts={"status": 307},
    ),
    Scenario(
        name="upload, arrived after a redirect",
        start=upload(),
        meets=[moved(upload_url(2)), LOST, status("PROCESSING")],
        sent="PUT PUT GET",
        ends=_NOTHING,
    ),
    Scenario(
        name="upload, another size",
        start=upload(size=1),
        meets=[],
        sent="",
        ends=errors.InvalidRequest,
        facts={"field": "source", "import_id": import_id()},
    ),
    Scenario(
        name="upload, the file changed between two tries",
        start=upload(source=lambda place: body_of(place.file()), tries=_changing),
        meets=[xml(503, "SlowDown")],
        sent="PUT",
        ends=errors.SourceChanged,
        facts={"import_id": import_id()},
    ),
]
