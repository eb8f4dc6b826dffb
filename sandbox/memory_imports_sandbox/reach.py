"""Uvicorn's own protocol, but for one thing: an application can reach the connection that its request came by."""

from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

TRANSPORT = "memory_imports_sandbox.transport"


class ReachableProtocol(H11Protocol):
    """Lays the transport into the extensions of each scope."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - whatever this version of uvicorn gives
        super().__init__(*given, **named)
        self.app = self._reachable(self.app)

    def _reachable(self, app: ASGIApp) -> ASGIApp:
        async def reachable(scope: Scope, receive: Receive, send: Send) -> None:
            extensions = {**scope.get("extensions", {}), TRANSPORT: self.transport}
            await app({**scope, "extensions": extensions}, receive, send)

        return reachable
