"""A drift at work in one service: where the world asks, this answers for the drift. Knows no particular drift."""

from copy import deepcopy

from attrs import evolve

from memory_imports_sandbox.blobs import Blobs
from memory_imports_sandbox.contract import Contract
from memory_imports_sandbox.drifts.drift import Drift, Scene
from memory_imports_sandbox.messages import Reply, Request
from memory_imports_sandbox.objects import UPLOAD


class Play:
    """One drift in one world."""

    def __init__(self, drift: Drift, contract: Contract, scene: Scene) -> None:
        self.drift = drift
        self._true, self._scene = contract, scene

    def contract(self) -> Contract:
        """What requests are judged by."""
        if self.drift.contract is None:
            return self._true
        document = deepcopy(self._true._document)  # noqa: SLF001 - the drift is one of the document itself
        self.drift.contract(document)
        return Contract(document)

    def blobs(self, blobs: Blobs) -> Blobs:
        """Where uploads go."""
        return self.drift.blobs(blobs) if self.drift.blobs else blobs

    def request(self, request: Request, now: float) -> Request:
        """What the service takes the request for."""
        if self.drift.request is None or not self._concerns(request):
            return request
        return self.drift.request(self._at(now), request)

    def reply(self, request: Request, reply: Reply, now: float) -> Reply:
        """What becomes of the answer to a request as it came."""
        if self.drift.reply is None or not self._concerns(request):
            return reply
        return self.drift.reply(self._at(now), request, reply)

    def _at(self, now: float) -> Scene:
        return evolve(self._scene, now=now)

    def _concerns(self, request: Request) -> bool:
        if self._scene.bucket.owns(request.path):
            return UPLOAD in self.drift.operations
        there = [operation for operation, _ in self._true.at(request.path)]
        # An undocumented method concerns every operation of its path.
        meant = [operation for operation in there if operation.method == request.method] or there
        return any(operation.name in self.drift.operations for operation in meant)
