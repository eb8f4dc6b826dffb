"""The files that are uploaded: as many good and bad rows as they say, and one that nobody can read."""

import csv
import io

import pytest

from memory_imports_contract.live.samples import broken, good_body, rows


@pytest.mark.parametrize(("good", "bad"), [(1, 0), (6, 0), (6, 3), (4, 200)])
def test_a_file_has_the_rows_that_were_asked_for(good: int, bad: int) -> None:
    """Good ones with an address of nobody, bad ones without any, and a good one first."""
    header, *lines = csv.reader(io.StringIO(rows(good, bad, "x").decode()))
    assert [one["columnName"] for one in good_body()["columnMappings"]] == header
    assert {2} == {len(line) for line in lines}
    addresses = [address for address, _ in lines if address]
    assert [f"drift-x-{number}@example.com" for number in range(good)] == addresses
    assert (bad, addresses[0]) == (len(lines) - good, lines[0][0])


def test_bad_rows_are_spread() -> None:
    """A service that reads a part of a file sees some."""
    lines = rows(6, 3, "x").decode().splitlines()[1:]
    assert [1, 4, 7] == [number for number, line in enumerate(lines) if line.startswith(",")]


def test_a_broken_file_has_nothing_of_the_mapping() -> None:
    """Not a column, and no two rows alike in width."""
    text = broken().decode()
    header, *lines = text.splitlines()
    assert set() == set(header.split(",")) & {one["columnName"] for one in good_body()["columnMappings"]}
    assert 200 == len(lines)
    assert 100 == sum(line.startswith('"') and line.count('"') == 1 for line in lines)
    assert {9} == {line.count(",") for line in lines[::2]}
