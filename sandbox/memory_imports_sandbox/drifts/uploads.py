"""How a bent object store takes an upload for another, says an error, and keeps a file."""

import json
import re
from collections.abc import Callable
from typing import BinaryIO
from urllib.parse import urlsplit

from attrs import evolve, frozen

from memory_imports_sandbox import signing
from memory_imports_sandbox.blobs import Blobs, Sink
from memory_imports_sandbox.drifts.drift import RequestRule, Scene
from memory_imports_sandbox.drifts.rules import asked_with, asking, header, parameters, with_header
from memory_imports_sandbox.messages import Reply, Request
from memory_imports_sandbox.objects import Upload


def _signed(scene: Scene, request: Request) -> Request:
    """The request with a query that fits it."""
    import_id = request.path.rpartition("/")[2].removesuffix(".csv")
    url = scene.bucket.url(import_id, request.header("host") or "localhost", scene.now)
    return evolve(request, query=urlsplit(url).query)


def any_signature(scene: Scene, request: Request) -> Request:
    """Any signature will do, as long as there is one."""
    known = "X-Amz-Signature" in parameters(request) and request.header("authorization") is None
    return _signed(scene, request) if known and request.method == "PUT" and not _late(scene, request) else request


def _late(scene: Scene, request: Request) -> bool:
    refusal = signing.verify(request, scene.account.keys, scene.now)
    return refusal is not None and "expired" in refusal.message


def any_age(scene: Scene, request: Request) -> Request:
    """A URL outlives its time."""
    return _signed(scene, request) if _late(scene, request) else request


def any_lifetime(scene: Scene, request: Request) -> Request:
    """The lifetime is not under the signature: whatever it says, it is taken for the one that was signed."""
    if "X-Amz-Expires" not in parameters(request):
        return request
    lifetime = str(scene.bucket.settings.url_lifetime)
    return asking(request, **{"X-Amz-Expires": lifetime})


def no_signature(scene: Scene, request: Request) -> Request:
    """Nobody need sign."""
    bare = not request.query and request.header("authorization") is None
    return _signed(scene, request) if bare and request.method == "PUT" else request


def any_key(scene: Scene, request: Request) -> Request:
    """A signature for one object opens every other."""
    folder = request.path.rpartition("/")[0]
    for row in scene.connection.execute("SELECT id FROM imports"):
        other = evolve(request, path=f"{folder}/{row['id']}.csv")
        if signing.verify(other, scene.account.keys, scene.now) is None:
            return _signed(scene, request)
    return request


def two_mechanisms(_: Scene, request: Request) -> Request:
    """Credentials beside a signature do no harm."""
    return asked_with(request, "authorization", None) if request.query else request


def without_query(_: Scene, request: Request) -> Request:
    """Forgets the signature, so that the request is refused."""
    return evolve(request, query="")


def unless(fit: Callable[[Request], bool]) -> RequestRule:
    """Lets nobody in whose request does not fit."""
    return lambda scene, request: request if fit(request) else without_query(scene, request)


def called(**methods: str) -> RequestRule:
    """Takes methods for others."""
    return lambda _, request: evolve(request, method=methods.get(request.method, request.method))


def in_pieces(_: Scene, request: Request) -> Request:
    """Takes a body in pieces."""
    if request.header("transfer-encoding") is None:
        return request
    return asked_with(asked_with(request, "transfer-encoding", None), "content-length", "0")


def as_long_as_it_is(upload: Upload) -> None:
    """Asks for no length."""
    upload.length = upload.length or upload.received


def as_json(_: Scene, __: Request, reply: Reply) -> Reply:
    """Says an error in JSON."""
    if header(reply, "content-type") != "application/xml":
        return reply
    found = re.findall(rb"<(Code|Message|RequestId)>([^<]*)<", reply.body)
    document = {name.decode().lower(): value.decode() for name, value in found}
    return with_header(evolve(reply, body=json.dumps(document).encode()), "content-type", "application/json")


def without_code(_: Scene, __: Request, reply: Reply) -> Reply:
    """Says an error without its code."""
    return evolve(reply, body=re.sub(rb"<Code>.*</Code>", b"", reply.body))


@frozen
class _Sink:
    sink: Sink
    keep_of: Callable[[bytes], bytes]
    parts: list[bytes]

    def write(self, data: bytes) -> None:
        self.parts.append(data)

    def keep(self) -> None:
        self.sink.write(self.keep_of(b"".join(self.parts)))
        self.sink.keep()

    def drop(self) -> None:
        self.sink.drop()


@frozen
class Changed:
    """Keeps something else than it was given; files of drifts are small enough to be held whole."""

    blobs: Blobs
    keep: Callable[[bytes], bytes]

    def begin(self, name: str) -> Sink:
        """Starts an object."""
        return _Sink(self.blobs.begin(name), self.keep, [])

    def read(self, name: str) -> BinaryIO:
        """Opens an object that is there."""
        return self.blobs.read(name)

    def size(self, name: str) -> int | None:
        """Bytes of what is kept."""
        return self.blobs.size(name)

    def names(self) -> list[str]:
        """Every object that is there."""
        return self.blobs.names()

    def remove(self, name: str) -> None:
        """Removes the object."""
        self.blobs.remove(name)
