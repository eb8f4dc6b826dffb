"""Identity resolution over numbers: who is found, who absorbs whom, what is forgotten."""

from array import array

from memory_imports.tables.resolution import Forest, Profiles


def test_the_lowest_stands_for_all_that_belong_together() -> None:
    """Whatever the order in which they are joined."""
    forest = Forest()
    assert 4 == forest.join([5, 4])
    assert 1 == forest.join([3, 1])
    assert 1 == forest.join([5, 3])
    assert [0, 1, 2, 1, 1, 1] == [forest.find(number) for number in range(6)]


def test_a_row_creates_updates_or_merges() -> None:
    """It finds as many profiles as its identifiers belong to."""
    profiles = Profiles(array("B", [0, 0, 1, 1]))
    assert [0, 0, 1, 2, 1] == [profiles.apply(links, 0) for links in ([0], [1], [1, 2], [0, 2], [1, 3])]


def test_a_profile_forgets_identifiers_of_a_deleted_kind_only() -> None:
    """Those of other kinds still find it, those of the row itself are new."""
    profiles = Profiles(array("B", [0, 1, 1, 1]))
    assert 0 == profiles.apply([0, 1, 2], 0)
    assert 1 == profiles.apply([0, 3], 0b10)
    assert [0, 0, 1, 1] == [profiles.apply([link], 0) for link in (1, 2, 3, 0)]


def test_what_was_merged_is_forgotten_with_its_new_profile() -> None:
    """A merge brings every identifier along."""
    profiles = Profiles(array("B", [0, 1, 1]))
    profiles.apply([0, 1], 0)
    profiles.apply([2], 0)
    assert 2 == profiles.apply([0, 2], 0)
    profiles.apply([0], 0b10)
    assert [0, 0, 1] == [profiles.apply([link], 0) for link in (1, 2, 0)]
