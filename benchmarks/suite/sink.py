"""An object store that keeps nothing: it takes a PUT as fast as the loopback gives it, in the clear or through TLS."""

import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

_BUFFER = 1024 * 1024
_END = b"\r\n\r\n"


@contextmanager
def running(folder: Path, *, tls: bool) -> Iterator[str]:
    """Run a sink in a process of its own; gives its URL. Its certificate is ``folder``/cert.pem."""
    command = [sys.executable, "-m", "suite.sink", str(folder) if tls else ""]
    here = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=here, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101 - it was asked for
        try:
            yield f"{'https' if tls else 'http'}://localhost:{int(server.stdout.readline())}"
        finally:
            server.terminate()


def certify(folder: Path) -> None:
    """Make a certificate for this machine."""
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, *files]
    subprocess.run(command, check=True, capture_output=True)


def _serve(folder: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if folder else None
    if context is not None:
        context.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
    with socket.create_server(("localhost", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=_converse, args=(connection, context), daemon=True).start()


def _converse(connection: socket.socket, context: ssl.SSLContext | None) -> None:
    with suppress(OSError), closing(connection):
        stream = connection if context is None else context.wrap_socket(connection, server_side=True)
        room = bytearray(_BUFFER)
        while head := _head(stream):
            if b"100-continue" in head:
                stream.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            lines, _, body = head.partition(_END)
            left = _length(lines) - len(body)
            while left > 0 and (taken := stream.recv_into(room)):
                left -= taken
            stream.sendall(b'HTTP/1.1 200 OK\r\nETag: "x"\r\nContent-Length: 0\r\n\r\n')


def _head(stream: socket.socket) -> bytes:
    head = b""
    while _END not in head and (some := stream.recv(65536)):
        head += some
    return head


def _length(lines: bytes) -> int:
    for line in lines.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


if __name__ == "__main__":
    _serve(sys.argv[1])
