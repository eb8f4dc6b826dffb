"""The simulation notices every rule that is broken on purpose, or it would notice nothing."""

import pytest

from tests.simulation.hunt import hunt
from tests.simulation.mutations import MUTATIONS


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_broken_rule_is_noticed(name: str) -> None:
    """By some schedule, in words."""
    caught = hunt(name)
    assert caught is not None
    assert caught.words
