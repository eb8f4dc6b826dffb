"""Planted drifts: ways in which the sandbox can differ from the contract, each in one place and under a stable name.

They are there to be found: by the drift detector in its tests, and by people who want to see what a drift looks
like. `Settings.drift` names the one that a sandbox shall have. A table by file; `drift.py` says what a row is.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from attrs import evolve

from memory_imports_sandbox.contract import Contract
from memory_imports_sandbox.drifts import access, answers, echoes, errors, flow, limits, listing, pages, store
from memory_imports_sandbox.drifts.drift import Drift, Scene
from memory_imports_sandbox.drifts.play import Play
from memory_imports_sandbox.settings import SandboxError, Settings

__all__ = ["AREAS", "CATALOGUE", "Drift", "Play", "Scene", "find", "play", "provoking"]

AREAS: Mapping[str, tuple[Drift, ...]] = {
    "answers": answers.CREATED + answers.FETCHED + echoes.SIZES + echoes.MAPPINGS + echoes.SUMMARY,
    "errors": errors.OBJECTS + errors.BODIES + errors.STATUSES + errors.HEADERS,
    "limits": limits.FILE + limits.MAPPINGS + limits.PARAMETERS,
    "flow": flow.STATES + flow.URLS,
    "store": store.LETS_IN + store.TURNS_AWAY + store.SAYS + store.KEEPS,
    "listing": listing.FIELDS + pages.PAGES,
    "access": access.CREDENTIALS + access.STORES + access.METHODS,
}
CATALOGUE: Mapping[str, Drift] = {drift.name: drift for area in AREAS.values() for drift in area}


def find(name: str) -> Drift:
    """The drift of that name.

    Raises:
        SandboxError: There is none; the sentence names those that come near.
    """
    if name in CATALOGUE:
        return CATALOGUE[name]
    near = get_close_matches(name, CATALOGUE, cutoff=0.4) or [one for one in CATALOGUE if name in one][:3]
    meant = f"did you mean {' or '.join(near)}?" if near else f"there are {len(CATALOGUE)}, such as {min(CATALOGUE)}."
    raise SandboxError(f"There is no drift {name!r}; {meant}", switch="drift")


def provoking(settings: Settings) -> Settings:
    """The settings, and with them what their drift wants, if anything, where they are as they were."""
    usual = Settings()
    wants = find(settings.drift).wants if settings.drift is not None else {}
    free = {name: value for name, value in wants.items() if getattr(settings, name) == getattr(usual, name)}
    return evolve(settings, **free)


def play(name: str, contract: Contract, scene: Scene) -> Play:
    """The drift of that name, at work.

    Raises:
        SandboxError: There is none.
    """
    return Play(find(name), contract, scene)
