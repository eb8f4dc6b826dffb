"""Clusters of rows against sets of rows, and how many profiles each row finds."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports.tables import clusters
from memory_imports.tables.clusters import Links
from memory_imports.tables.vector.hashing import Hashing
from memory_imports.tables.vector.links import VectorLinks

KINDS = ("email", "phone")
ROWS = st.lists(st.tuples(*[st.sampled_from(["", *"abcdefg"])] * 3), max_size=20)


def links_of(hashing: Hashing | None, in_memory: int) -> Links:
    """What finds out who shares a profile, by arrays where there is what makes numbers for them."""
    return Links(KINDS, in_memory) if hashing is None else VectorLinks(KINDS, hashing, in_memory)


@settings(deadline=None)
@given(rows=ROWS, in_memory=st.sampled_from([0, 3, 1000]), hashing=st.sampled_from([None, Hashing()]))
def test_rows_share_a_profile_where_a_chain_of_identifiers_leads_from_one_to_the_other(
    rows: list[tuple[str, str, str]], in_memory: int, hashing: Hashing | None
) -> None:
    """Two emails and a phone a row; the same text in both kinds is not the same identifier."""
    links = links_of(hashing, in_memory)
    chains: list[tuple[set[str], set[int]]] = []
    for row, cells in enumerate(rows, 1):
        names = {f"{kind}:{cell}" for kind, cell in zip(("email", "email", "phone"), cells, strict=True) if cell}
        for kind, cell in zip(("email", "email", "phone"), cells, strict=True):
            if cell:
                links.add(kind, [row], [f"{kind}:{cell}"])
        met = [chain for chain in chains if chain[0] & names]
        chains = [chain for chain in chains if chain not in met]
        chains.append((names.union(*(chain[0] for chain in met)), {row}.union(*(chain[1] for chain in met))))
    told: list[tuple[int, int]] = []
    found = links.resolve(len(rows), lambda row, met: told.append((row, met)))
    shared = {row: found.of(row) for row in range(1, len(rows) + 1)}
    expected = sorted(sorted(members) for _, members in chains if len(members) > 1)
    numbers = {number for number in shared.values() if number is not None}
    assert expected == sorted(sorted(row for row, of in shared.items() if of == number) for number in numbers)
    assert [row for row, of in shared.items() if of is not None] == [row for row, _ in told]
    assert len(expected) == sum(found == 0 for _, found in told) - sum(found - 1 for _, found in told if found > 1)


@settings(deadline=None)
@given(rows=ROWS, in_memory=st.sampled_from([0, 3, 1000]), hashing=st.sampled_from([None, Hashing()]))
def test_a_job_in_which_nobody_deletes_is_told_as_one_in_which_somebody_might(
    rows: list[tuple[str, str, str]], in_memory: int, hashing: Hashing | None
) -> None:
    """The short way of telling how many profiles a row finds comes to the same as the long one."""
    told: list[list[tuple[int, int]]] = []
    shared: list[list[int | None]] = []
    for deleted in (None, [0]):
        links = links_of(hashing, in_memory)
        for row, cells in enumerate(rows, 1):
            for kind, cell in zip(("email", "email", "phone"), cells, strict=True):
                if cell:
                    links.add(kind, [row], [f"{kind}:{cell}"], deleted)
        told.append([])
        found = links.resolve(len(rows), lambda row, met: told[-1].append((row, met)))
        numbers: dict[int | None, int] = {None: 0}
        shared.append([numbers.setdefault(found.of(row), len(numbers)) for row in range(1, len(rows) + 1)])
    assert told[0] == told[1]
    assert shared[0] == shared[1]


def test_a_row_that_says_the_same_twice_shares_with_nobody() -> None:
    """It takes another row."""
    links = Links(KINDS)
    links.add("email", [1], ["a"])
    links.add("email", [1], ["a"])
    assert None is links.resolve(1, lambda row, met: None).of(1)  # noqa: ARG005 - nobody is told


def test_a_phone_that_was_deleted_leads_no_further() -> None:
    """The third row deletes it, so the fourth, which has it again, creates a profile."""
    links = Links(KINDS)
    links.add("email", [1, 3], ["a", "a"], [0, 0b10])
    links.add("phone", [1, 2, 4], ["1", "1", "1"])
    told: list[tuple[int, int]] = []
    found = links.resolve(4, lambda row, met: told.append((row, met)))
    assert [(1, 0), (2, 1), (3, 1), (4, 0)] == told
    assert [0, 0, 0, 0] == [found.of(row) for row in range(1, 5)]


def test_only_identifiers_of_several_rows_get_a_number() -> None:
    """Also where others are in the same bucket."""
    kinds = array("B")
    hashes, rows = array("q", [7, 8, 7, 9, 9, 7]), array("q", [row << 16 | 1 << 8 for row in (1, 2, 2, 3, 3, 4)])
    assert [(1, 0), (2, 0), (4, 0)] == [(word >> 16, link) for word, link in clusters._numbered(hashes, rows, kinds)]  # noqa: SLF001 - which bucket a value is in changes from run to run
    assert array("B", [1]) == kinds


@pytest.mark.parametrize("count", [1, (1 << 17) + 1])
def test_many_identifiers_are_put_aside_many_at_a_time(count: int) -> None:
    """All of them count, the last ones too."""
    links = VectorLinks(KINDS, Hashing())
    links.add("email", range(1, count + 1), [str(row) for row in range(count)])
    links.add("email", [count + 1], ["0"])
    told: list[tuple[int, int]] = []
    links.resolve(count + 1, lambda row, met: told.append((row, met)))
    assert [(1, 0), (count + 1, 1)] == told
