"""The service without its shell: takes a request and a time, gives a reply.

No socket, no clock, no randomness of its own: what it knows is in the database and the blobs it is given, so a
simulation can run it, kill it between any two steps, and start another one on the same database. One caller at a
time: the shell holds a lock.
"""

import logging
import sqlite3
from email.utils import formatdate

from memory_imports_sandbox import contract as contracts
from memory_imports_sandbox import imports, objects, reading
from memory_imports_sandbox.account import settle
from memory_imports_sandbox.api import Api
from memory_imports_sandbox.blobs import Blobs
from memory_imports_sandbox.database import transaction
from memory_imports_sandbox.gate import Gate
from memory_imports_sandbox.ids import Randomness
from memory_imports_sandbox.ingest.queue import Queue
from memory_imports_sandbox.messages import Reply, Request, problem
from memory_imports_sandbox.objects import Bucket, Upload
from memory_imports_sandbox.settings import Settings
from memory_imports_sandbox.side import PREFIX, Side
from memory_imports_sandbox.signing import Refusal

_log = logging.getLogger("memory_imports_sandbox")


class World:
    """One store, its API, its object store and its background worker."""

    def __init__(
        self, settings: Settings, connection: sqlite3.Connection, blobs: Blobs, random: Randomness, now: float
    ) -> None:
        """Takes up what the database and the blobs hold.

        Args:
            settings: How the service behaves.
            connection: From `database.connect`.
            blobs: Where uploads go.
            random: Gives so many random bytes; ids, and on a new database keys, come from it.
            now: Seconds since the epoch, as everywhere here.

        Raises:
            SandboxError: The database belongs to another store, the contract cannot be read, or it does not allow
                the store id.
        """
        if settings.drift is not None:
            from memory_imports_sandbox import drifts  # noqa: PLC0415 - who wants no drift does not load them

            settings = drifts.provoking(settings)
        contract = contracts.load(settings.spec)
        if settings.store_id is not None:
            reading.check_store(contract, settings.store_id)
        self.account = settle(settings, connection, random, now)
        self._connection, self._blobs, self._random = connection, blobs, random
        self._bucket = Bucket(settings, self.account.keys, contract.largest_file)
        self._gate = Gate(settings, self.account)
        self._play = None
        served = contract
        if settings.drift is not None:
            scene = drifts.Scene(self.account, self._bucket, connection, now)
            self._play = drifts.play(settings.drift, contract, scene)
            served, self._blobs = self._play.contract(), self._play.blobs(blobs)
        self._contract = contract
        self._api = Api(served, connection, self.account, self._bucket, random)
        self.ledger = None
        if settings.faults is not None:
            from memory_imports_sandbox.faults.ledger import Ledger  # noqa: PLC0415 - as above

            self.ledger = Ledger(settings.faults, settings.fault_rate)
        self._side = Side(connection, self.ledger)
        self._queue = Queue(connection, self._blobs, contract.rules, settings)
        self._queue.recover(now)

    def handle(self, request: Request, now: float) -> Reply:
        """Answers any request whose body is in memory, an upload included."""
        if not self.is_object(request):
            return self._finish(request, self._answer(request, now), now)
        upload = self.open_upload(request, now)
        if isinstance(upload, Reply):
            return upload
        upload.write(request.body)
        return self.close_upload(request, upload, now)

    def work(self, now: float) -> float | None:
        """Lets the background worker do one slice.

        Returns:
            When it wants to be called again; None if only a request can give it more to do.
        """
        return self._queue.advance(now)

    def is_object(self, request: Request) -> bool:
        """Whether the request is for the object store."""
        return self._bucket.owns(request.path)

    def operation(self, method: str, path: str) -> str | None:
        """What a request asks for: an operation id of the contract, `objects.UPLOAD`, or nothing that there is."""
        if self._bucket.owns(path):
            return objects.UPLOAD if method == "PUT" else None
        return next((operation.name for operation, _ in self._contract.at(path) if operation.method == method), None)

    def open_upload(self, request: Request, now: float) -> Upload | Reply:
        """Judges an upload by its head, so that the body of a refused one need not be read."""
        try:
            return self._admit(request, now)
        except Exception as error:  # noqa: BLE001 - whatever happens, the answer is XML
            return self._broken(request, error, now)

    def _admit(self, came: Request, now: float) -> Upload | Reply:
        request = self._play.request(came, now) if self._play else came
        admitted = self._bucket.admits(request, now)
        if isinstance(admitted, tuple) and imports.find(self._connection, admitted[0]) is None:
            admitted = objects.NO_OBJECT
        if isinstance(admitted, Refusal):
            return self._refuse(came, admitted, now)
        return Upload(*admitted, self._blobs.begin(admitted[0]))

    def close_upload(self, request: Request, upload: Upload, now: float, refusal: Refusal | None = None) -> Reply:
        """Ends an upload: keeps it if it is whole and still wanted.

        Args:
            request: What opened it.
            upload: What `open_upload` gave.
            now: The time.
            refusal: Why the body did not arrive; None if it did.
        """
        try:
            return self._close(request, upload, now, refusal)
        except Exception as error:  # noqa: BLE001 - whatever happens, the answer is XML
            upload.drop()
            return self._broken(request, error, now)

    def _close(self, request: Request, upload: Upload, now: float, refusal: Refusal | None) -> Reply:
        if self._play:
            self._play.drift.closing(upload)
        if upload.received != upload.length:
            refusal = refusal or objects.INCOMPLETE
        if refusal is not None:
            upload.drop()
            return self._refuse(request, refusal, now)
        found = imports.find(self._connection, upload.import_id)
        waits = found is not None and found.state == "PENDING"
        etag = upload.keep() if waits else upload.drop()
        with transaction(self._connection):
            imports.arrived(self._connection, upload.import_id, now)
            if waits:
                imports.uploaded(self._connection, upload.import_id, now)
        return self._finish(request, Reply(200, (("etag", etag),)), now)

    def _answer(self, came: Request, now: float) -> Reply:
        request = came
        try:
            request = self._play.request(came, now) if self._play else came
            if self._gate.refuses_host(request):
                return problem(403, "The Host header names another machine than this one.")
            refused = self._gate.refuses_credentials(request)
            if refused is None and request.path.startswith(PREFIX):
                return self._side.answer(request)
            return refused or self._gate.refuses_haste(now) or self._api.answer(request, now)
        except Exception as error:  # noqa: BLE001 - whatever happens, the answer is the error object
            _log.error("%s: uncaught %s", request.method, type(error).__name__)
            return problem(500, "The sandbox broke on this request.")

    def _broken(self, request: Request, error: Exception, now: float) -> Reply:
        _log.error("%s of an object: uncaught %s", request.method, type(error).__name__)
        return self._refuse(request, objects.BROKEN, now)

    def _refuse(self, request: Request, refusal: Refusal, now: float) -> Reply:
        request_id = self._random(8).hex().upper()
        reply = objects.error(refusal, request_id, self._random(24).hex())
        return self._finish(request, reply, now, request_id)

    def _finish(self, request: Request, reply: Reply, now: float, request_id: str | None = None) -> Reply:
        if self._play:
            reply = self._play.reply(request, reply, now)
        named = request_id or "RQ" + self._random(16).hex()
        self._side.remember(request, reply.status, named, now)
        name = "x-amz-request-id" if self.is_object(request) else "twilio-request-id"
        return reply.with_headers(
            (name, named), ("date", formatdate(now, usegmt=True)), ("content-length", str(len(reply.body)))
        )
