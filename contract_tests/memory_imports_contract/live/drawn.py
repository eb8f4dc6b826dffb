"""Examples drawn at random: the same ones for the same seed, in whatever process.

Hypothesis mixes in constants that it finds in the source of whatever local modules are loaded, so that a test, the
command line and a person's own program would each send other requests.
"""

from typing import Any, TypeVar

import hypothesis
import hypothesis.strategies as st
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

_T = TypeVar("_T")
_BACKEND = "memory-imports-drift"


class _Secluded(HypothesisProvider):
    """Draws as Hypothesis does, and from nothing but the seed."""

    def _maybe_draw_constant(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever it is called with
        return None


AVAILABLE_PROVIDERS[_BACKEND] = _Secluded  # as its documentation has it


def drawn(strategy: st.SearchStrategy[_T], count: int, seed: int) -> list[_T]:
    """So many examples, the same ones for the same seed."""
    found: list[_T] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        backend=_BACKEND,
        max_examples=count,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(strategy)
    def collect(value: _T) -> None:
        found.append(value)

    collect()
    return found
