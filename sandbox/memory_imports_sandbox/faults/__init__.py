"""Bad weather on purpose: what goes wrong between a client and a service that keeps its contract.

A client that is right survives all of it, if need be by being run again; that is what parts weather from drift.
`Settings.faults` is the seed that says which request meets what. A table by file; `kind.py` says what a row is.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from memory_imports_sandbox.faults import connections, garbled, reads, refusals, stalls, store
from memory_imports_sandbox.faults.kind import Kind
from memory_imports_sandbox.settings import SandboxError

__all__ = ["AREAS", "CATALOGUE", "Kind", "chosen"]

AREAS: Mapping[str, tuple[Kind, ...]] = {
    "connections": connections.KINDS,
    "stalls": stalls.KINDS,
    "refusals": refusals.TOO_MANY + refusals.BROKEN,
    "garbled": garbled.KINDS,
    "store": store.KINDS,
    "reads": reads.KINDS,
}
CATALOGUE: Mapping[str, Kind] = {kind.name: kind for area in AREAS.values() for kind in area}


def chosen(names: Iterable[str] | None) -> Mapping[str, tuple[Kind, ...]]:
    """The kinds of those names by area; all of them for None.

    Raises:
        SandboxError: There is no such kind, or no name at all.
    """
    wanted = set(CATALOGUE if names is None else names)
    for name in sorted(wanted - set(CATALOGUE)):
        near = get_close_matches(name, CATALOGUE, cutoff=0.4) or [one for one in CATALOGUE if name in one][:3]
        meant = f"did you mean {' or '.join(near)}?" if near else f"there are {len(CATALOGUE)}."
        raise SandboxError(f"There is no kind of fault {name!r}; {meant}", switch="faults")
    if not wanted:
        raise SandboxError("There is no kind of fault left to draw from.", switch="faults")
    kept = {area: tuple(kind for kind in kinds if kind.name in wanted) for area, kinds in AREAS.items()}
    return {area: kinds for area, kinds in kept.items() if kinds}
