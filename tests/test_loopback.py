"""Three packages that import nothing of one another know the same hosts as this machine."""

import pytest

import memory_imports_contract.loopback
import memory_imports_sandbox.loopback
from memory_imports import _url

RULES = (_url.is_loopback, memory_imports_contract.loopback.is_loopback, memory_imports_sandbox.loopback.is_loopback)
HERE = ("localhost", "LOCALHOST", "127.0.0.1", "127.0.0.2", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1")
ELSEWHERE = ("", "a.example", "localhost.a.example", "127.0.0.1.a.example", "128.0.0.1", "0.0.0.0", "::", "[::1]")  # noqa: S104 - nothing listens here


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.__module__))
def test_this_machine_is_known_by_each_of_its_names(rule: object) -> None:
    """What one took for this machine and another did not went past the proxy here, and through it there."""
    assert callable(rule)
    assert [] == [host for host in HERE if not rule(host)]
    assert [] == [host for host in ELSEWHERE if rule(host)]
