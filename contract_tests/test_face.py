"""The package's face: both detectors by name, the heavy one loaded only when it is asked for."""

import subprocess
import sys

import pytest

import memory_imports_contract
from memory_imports_contract.live.run import drift_live


def test_both_detectors_are_there_by_name() -> None:
    """Whoever reads ``__all__`` can import all of it."""
    assert drift_live is memory_imports_contract.drift_live
    assert [] == [name for name in memory_imports_contract.__all__ if not hasattr(memory_imports_contract, name)]


def test_what_is_not_there_is_said_as_python_says_it() -> None:
    """A misspelt name is an `AttributeError` with the name in it."""
    with pytest.raises(AttributeError, match="drift_dead"):
        _ = memory_imports_contract.drift_dead


def test_comparing_files_loads_nothing_that_asks_servers() -> None:
    """Schemathesis takes seconds to import."""
    code = "import sys, memory_imports_contract; print('schemathesis' in sys.modules, 'httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False False\n" == done.stdout
