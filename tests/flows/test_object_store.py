"""Our upload against another implementation of the object store: moto's server, with URLs that boto3 signed."""

import asyncio
import hashlib
from collections.abc import Iterator
from typing import Any

import boto3  # type: ignore[import-untyped] # boto3 ships no types
import pytest
from botocore.config import Config  # type: ignore[import-untyped] # the same
from moto.server import ThreadedMotoServer

from memory_imports import AsyncMemoryImports, MemoryImports
from memory_imports.models import CreatedImport
from tests.support.replies import SECRET, STORE, USER, import_id

CONTENT = (b"email,name\n" + b"ann@example.com,Ann\n" * 160_000)[: 3 * 1024 * 1024 + 1]


@pytest.fixture(scope="module")
def bucket() -> Iterator[Any]:
    """A client of a bucket behind a real socket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id="AKIAEXAMPLE",
        aws_secret_access_key="example",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
    client.create_bucket(Bucket="imports")
    yield client
    client.close()
    server.stop()


def created(bucket: Any, key: str) -> CreatedImport:  # noqa: ANN401 - boto3 makes its classes as it runs
    """Return an import that waits for the content under this key."""
    url = bucket.generate_presigned_url("put_object", Params={"Bucket": "imports", "Key": key}, ExpiresIn=600)
    assert "X-Amz-Signature=" in url
    return CreatedImport(import_id=import_id(), url=url, file_size=len(CONTENT))


def stored(bucket: Any, key: str) -> tuple[int, str]:  # noqa: ANN401 - as above
    """Return length and digest of what boto3 reads back."""
    read = bucket.get_object(Bucket="imports", Key=key)["Body"].read()
    return len(read), hashlib.sha256(read).hexdigest()


EXPECTED = (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


def test_boto3_reads_back_what_the_synchronous_client_uploaded(bucket: Any) -> None:  # noqa: ANN401 - as above
    """Three mebibytes and one byte, unchanged."""
    with MemoryImports(STORE, credentials=(USER, SECRET), base_url="http://127.0.0.1:1") as imports:
        imports.upload(created(bucket, "a folder/sync.csv"), CONTENT)
    assert EXPECTED == stored(bucket, "a folder/sync.csv")


def test_boto3_reads_back_what_the_asynchronous_client_uploaded(bucket: Any) -> None:  # noqa: ANN401 - as above
    """Three mebibytes and one byte, unchanged."""

    async def work() -> None:
        async with AsyncMemoryImports(STORE, credentials=(USER, SECRET), base_url="http://127.0.0.1:1") as imports:
            await imports.upload(created(bucket, "async.csv"), CONTENT)

    asyncio.run(work())
    assert EXPECTED == stored(bucket, "async.csv")
