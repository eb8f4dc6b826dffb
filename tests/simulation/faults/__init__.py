"""What goes wrong by a seed: one table of kinds, each with what it does to one request or one journal line."""

from collections.abc import Mapping

from tests.simulation.faults import garbled, losses, reads, refusals, slowness, store
from tests.simulation.faults.kind import Kind
from tests.simulation.faults.local import LOCAL, UNSURE

REQUESTS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (*losses.KINDS, *slowness.KINDS, *refusals.KINDS, *garbled.KINDS, *reads.KINDS, *store.KINDS)
}
# What each kind strikes, those of the machine itself included.
ON: Mapping[str, frozenset[str]] = {name: kind.on for name, kind in REQUESTS.items()} | LOCAL
# Those of which nobody can tell whether what was asked for has been done.
AMBIGUOUS = frozenset({name for name, kind in REQUESTS.items() if kind.ambiguous} | {UNSURE})

__all__ = ["AMBIGUOUS", "ON", "REQUESTS", "Kind"]
