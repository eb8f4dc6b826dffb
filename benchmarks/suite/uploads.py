"""One upload of the largest file: ours beside curl, requests and boto3, to a sink here, in the clear and by TLS.

A bare connection, on which a file is read and sent and nothing else is done, shows how much Python can have at all.
"""

import os
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import urlsplit

import boto3  # type: ignore[import-untyped]  # has no types
import requests
from botocore.config import Config  # type: ignore[import-untyped]  # the same

from memory_imports import CreatedImport, MemoryImports
from memory_imports._body import CHUNK
from memory_imports._endpoints import RULES
from suite import sink
from suite.figures import Row, in_turn, timed
from suite.people import write_people

SIZE = RULES.max_bytes
STORE = "mem_store_" + 26 * "0"
GOAL = 1.3
# One takes some fifty milliseconds.
ROUNDS = 25
BARE = "a bare connection"
NOTE = (
    "On the loopback nearly all of the time goes into copying, so the ratio to curl is as good as the luck of the two "
    "connections: with the buffers that the system gives them, one and the same sender has 1.4 to 4.1 GB/s. The bare "
    "connection reads a file and sends it, as much at a time as we do, and does nothing else: no client that reads a "
    "file in Python can have more. Only a file that is mapped into memory is faster (1.6 times curl), and it is not "
    "done: whoever cuts a mapped file short ends the process that sends it."
)
# What makes a client trust the sink's certificate, in each one's words.
_TRUST = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "AWS_CA_BUNDLE")


def rows(*, full: bool) -> Iterator[Row]:
    """Yield a row for each kind of line."""
    del full
    with TemporaryDirectory() as name, patch.dict(os.environ, dict.fromkeys(_TRUST, f"{name}/cert.pem")):
        folder = Path(name)
        file = folder / "people.csv"
        write_people(file, SIZE)
        sink.certify(folder)
        for tls in (False, True):
            with sink.running(folder, tls=tls) as base:
                taken = in_turn(ROUNDS, **_tries(base, file))
            yield Row(
                what=f"upload of 100 MiB{' by TLS' if tls else ''}",
                unit="MB/s",
                ours=taken.pop("ours"),
                peers=taken,
                goal="" if tls else "at least 1.3 times curl",
                reached=None if tls else lambda ratio: ratio >= GOAL,
                more_is_better=True,
                note="" if tls else NOTE,
            )


def _tries(base: str, file: Path) -> dict[str, Callable[[], float]]:
    url = f"{base}/bucket/people.csv"
    client = MemoryImports(STORE, credentials=("SK", "secret"), base_url=base)
    created = CreatedImport(import_id="mem_import_" + 26 * "0", url=url, file_size=SIZE)
    session = requests.Session()
    # With its checksum behind the content, the sink would have to understand chunks.
    plain = {"request_checksum_calculation": "when_required"}
    config = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, **plain)
    names = ("aws_access_key_id", "aws_secret_access_key", "region_name")
    s3 = boto3.client("s3", endpoint_url=base, config=config, **dict.fromkeys(names, "made-up"))

    def with_requests() -> None:
        with file.open("rb") as stream:
            session.put(url, data=stream, timeout=60).raise_for_status()

    def with_boto3() -> None:
        with file.open("rb") as stream:
            s3.put_object(Bucket="bucket", Key="people.csv", Body=stream)

    tries = {
        "ours": lambda: client.upload(created, file),
        "requests": with_requests,
        "boto3": with_boto3,
        BARE: _bare(base, file),
    }
    for work in tries.values():
        work()  # connections are made, and what is made once
    return {"curl": partial(_curl, url, file), **{name: partial(_rate, work) for name, work in tries.items()}}


def _bare(base: str, file: Path) -> Callable[[], None]:
    """Return what puts the file over a connection of its own that is kept."""
    parts = urlsplit(base)
    line = socket.create_connection((parts.hostname, parts.port), timeout=60)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as every other client here
    if parts.scheme == "https":
        line = ssl.create_default_context().wrap_socket(line, server_hostname=parts.hostname)
    head = f"PUT /bucket/people.csv HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {SIZE}\r\n\r\n"

    def put() -> None:
        line.sendall(head.encode())
        with file.open("rb", buffering=0) as stream:
            while some := stream.read(CHUNK):
                line.sendall(some)
        if not line.recv(CHUNK).startswith(b"HTTP/1.1 200"):
            raise SystemExit("the sink did not take the file")

    return put


def _rate(work: Callable[[], object]) -> float:
    """Return the megabytes a second of some upload."""
    return SIZE / 1e6 / timed(work)


def _curl(url: str, file: Path) -> float:
    command = ["curl", "--silent", "--output", os.devnull, "--write-out", "%{speed_upload}", "-T", str(file), url]
    done = subprocess.run(
        [*command, "--cacert", os.environ["SSL_CERT_FILE"]], check=True, capture_output=True, text=True
    )
    return float(done.stdout) / 1e6
