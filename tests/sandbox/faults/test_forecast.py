"""Which request meets what: by the seed and the number alone, as often as the rate says, and anything that there is."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports_sandbox import SandboxError, Settings
from memory_imports_sandbox.faults import AREAS, CATALOGUE, chosen
from memory_imports_sandbox.faults.forecast import Forecast
from memory_imports_sandbox.faults.kind import OPERATIONS
from memory_imports_sandbox.faults.ledger import Ledger

ALL = chosen(None)
OPERATION = st.sampled_from(OPERATIONS)


def drawn(forecast: Forecast, number: int, operation: str) -> tuple[str, float] | None:
    """What is drawn, in words that can be compared."""
    found = forecast.draw(number, operation)
    return None if found is None else (found[0].name, found[1].random())


@settings(deadline=None)
@given(st.integers(0, 2**64), st.integers(1, 10**6), OPERATION, st.floats(0.01, 1))
def test_a_seed_and_a_number_say_all(seed: int, number: int, operation: str, rate: float) -> None:
    """Whatever was drawn before; the chance that is left for the fault included."""
    first, second = (Forecast(seed, rate, ALL) for _ in range(2))
    for before in range(3):
        second.draw(before, operation)
    assert drawn(first, number, operation) == drawn(second, number, operation)


@settings(deadline=None)
@given(st.integers(0, 2**64), st.integers(1, 10**6), OPERATION, st.floats(0.01, 0.99))
def test_more_rate_is_more_of_the_same(seed: int, number: int, operation: str, rate: float) -> None:
    """Whoever was struck at a low rate is struck by the same at a higher one."""
    low, high = (drawn(Forecast(seed, one, ALL), number, operation) for one in (rate, 1.0))
    assert high is not None
    assert low in {None, high}


@settings(deadline=None)
@given(st.integers(0, 2**64), st.integers(1, 10**6), OPERATION, st.sets(st.sampled_from(sorted(CATALOGUE)), min_size=1))
def test_only_what_was_chosen_happens_and_only_where_it_can(
    seed: int, number: int, operation: str, names: set[str]
) -> None:
    """And where nothing can, nothing does."""
    found = Forecast(seed, 1.0, chosen(names)).draw(number, operation)
    fitting = {name for name in names if operation in CATALOGUE[name].operations}
    assert bool(fitting) is (found is not None)
    assert found is None or found[0].name in fitting


def test_a_rate_is_met_and_everything_comes() -> None:
    """Within what chance allows of ten thousand requests, by a seed that is fixed."""
    forecast = Forecast(1, 0.3, ALL)
    found = [(operation, forecast.draw(number, operation)) for number in range(10_000) for operation in OPERATIONS]
    struck = Counter((operation, one[0].name) for operation, one in found if one)
    assert 0.29 < struck.total() / len(found) < 0.31
    assert {(operation, kind.name) for kind in CATALOGUE.values() for operation in kind.operations} == set(struck)


def test_names_and_sentences_are_unique() -> None:
    """A name that came twice would hide a kind; two that say the same would be one."""
    kinds = [kind for area in AREAS.values() for kind in area]
    assert len(CATALOGUE) == len(kinds) == len({(kind.says, kind.operations) for kind in kinds})


def test_a_name_that_nobody_knows_is_answered_with_those_that_come_near() -> None:
    """A person mistypes, or leaves it out."""
    for names, words in (
        (("reset-unred",), "did you mean reset-unread"),
        (("?",), f"there are {len(CATALOGUE)}."),
        ((), "no kind of fault left"),
    ):
        with pytest.raises(SandboxError, match=re.escape(words)) as caught:
            Settings(fault_kinds=names)
        assert "faults" == caught.value.switch


@pytest.mark.parametrize("rate", [0, -1, 1.1])
def test_a_rate_is_a_share(rate: float) -> None:
    """More than every request cannot be struck."""
    with pytest.raises(ValueError, match="fault_rate"):
        Settings(fault_rate=rate)


def test_only_the_last_two_hundred_faults_are_remembered_and_all_are_counted() -> None:
    """It is a look at what just happened; the counts are for ever."""
    ledger = Ledger(7, 0.5)
    kind = CATALOGUE["reset-unread"]
    for _ in range(201):
        ledger.note(ledger.number(), OPERATIONS[0], kind, 0.0)
    shown = ledger.shown()
    assert (7, 0.5, 201, {"reset-unread": 201}) == tuple(shown[name] for name in ("seed", "rate", "requests", "counts"))
    assert isinstance(shown["faults"], list)
    assert (200, 2) == (len(shown["faults"]), shown["faults"][0]["request"])


def test_a_sandbox_in_fair_weather_loads_none_of_it() -> None:
    """Who wants no faults does not pay for them, nor gets another protocol."""
    code = (
        "import sys; from memory_imports_sandbox import Settings, running\n"
        "with running(Settings()): pass\n"
        "assert not [name for name in sys.modules if 'faults' in name or name.endswith('.reach')]"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    assert 0 == subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode


def test_the_page_about_the_weather_names_every_area_and_option() -> None:
    """What is written for people is what there is."""
    text = (Path(__file__).parents[3] / "docs" / "weather.md").read_text(encoding="utf-8")
    areas = re.findall(r"^\| (\w+) \| (?!does|kinds)", text, re.MULTILINE)
    options = re.findall(r"^\| `--([a-z-]+)", text, re.MULTILINE)
    assert list(AREAS) == areas
    weather = [one.name for one in fields(Settings) if one.name.startswith(("fault", "bandwidth", "latency"))]
    assert [name.replace("_", "-") for name in weather] == options
