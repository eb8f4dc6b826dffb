"""A world behind a real socket on the loopback interface, able to misbehave as real ones do.

One request a connection, so that what the script says next is what the client meets next.
"""

import socket
import ssl
import struct
import threading
from types import TracebackType
from typing import BinaryIO, Self

from attrs import evolve

from tests.support.wire import Answer, Fault, Request, World

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Server:
    """Listens until it is closed; `stop` and `start` let it refuse connections in between, on the same port."""

    def __init__(self, world: World, *, tls: ssl.SSLContext | None = None) -> None:
        self.world = world
        self._tls = tls
        # Bound and never listening: it keeps the port ours while connections are refused.
        self._reserved = _bound(0)
        self._port = self._reserved.getsockname()[1]
        self.base = f"{'http' if tls is None else 'https'}://127.0.0.1:{self._port}"
        self._threads: list[threading.Thread] = []
        self._listener: socket.socket | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._reserved.close()
        for thread in self._threads:
            thread.join()

    def start(self) -> None:
        """Accept connections."""
        self._listener = _bound(self._port)
        self._listener.listen()
        self._spawn(self._accept, self._listener)

    def stop(self) -> None:
        """Refuse connections."""
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None

    def _spawn(self, work: object, *given: object) -> None:
        thread = threading.Thread(target=work, args=given)  # type: ignore[arg-type] # any function of ours
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self._spawn(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        if self._tls is not None:
            try:
                connection = self._tls.wrap_socket(connection, server_side=True)
            except OSError:
                return  # the client does not believe us
        with connection, connection.makefile("rb") as stream:
            try:
                request, length = _head(stream)
                fault = self._next_fault()
                if fault is not Fault.UNREAD:
                    request = evolve(request, body=_exactly(stream, length))
                answer = self.world(request).at(self.base)
                if answer.fault in {Fault.UNREAD, Fault.RESET}:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                elif answer.fault is None:
                    connection.sendall(_bytes_of(answer))
            except (OSError, EOFError):
                return  # the client has gone

    def _next_fault(self) -> Fault | None:
        left: list[Answer] = getattr(self.world, "left", [])
        return left[0].fault if left else None


def _bound(port: int) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind(("127.0.0.1", port))
    return made


def _head(stream: BinaryIO) -> tuple[Request, int]:
    first = stream.readline().split()
    if not first:
        raise EOFError
    headers: dict[str, str] = {}
    while (line := stream.readline().strip()) != b"":
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    request = Request(method=first[0].decode(), target=first[1].decode(), headers=headers, body=b"")
    return request, int(headers.get("content-length", "0"))


def _exactly(stream: BinaryIO, length: int) -> bytes:
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return body


def _bytes_of(answer: Answer) -> bytes:
    headers = {**answer.headers, "content-length": str(len(answer.body)), "connection": "close"}
    lines = [f"HTTP/1.1 {answer.status} So", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + answer.body
