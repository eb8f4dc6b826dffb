"""What is read while what was read before is looked at: reading and unpacking let other threads run."""

from collections.abc import Generator, Iterable


def ahead(chunks: Iterable[bytes]) -> Generator[bytes]:
    """Yield the same, the next one being fetched by another thread meanwhile; it has ended when this has."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - what is read in one go needs none

    source = iter(chunks)
    with ThreadPoolExecutor(1, "memory-imports-ahead") as pool:
        coming = pool.submit(next, source, None)
        while (chunk := coming.result()) is not None:
            coming = pool.submit(next, source, None)
            yield chunk
