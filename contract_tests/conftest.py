"""How the contract suite is pointed at a server: at the sandbox over a real socket, unless an option names another.

Credentials come from the environment alone, as everywhere.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.findings import LiveReport
from memory_imports_contract.live import LEVELS, drift_live
from memory_imports_sandbox import Settings, running

_NAMES = (("TWILIO_API_KEY", "TWILIO_API_SECRET"), ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of the live checks."""
    group = parser.getgroup("contract", "the live checks of the contract")
    group.addoption("--base-url", help="server to hold against the contract (default: a sandbox of its own)")
    group.addoption("--store", help="a store of that server (default: TWILIO_MEMORY_STORE_ID)")
    group.addoption("--level", choices=LEVELS, help="what may be made there (default: read; on the sandbox: upload)")
    group.addoption("--seed", type=int, default=0, help="the same seed sends the same requests (default: 0)")
    group.addoption("--budget", type=int, default=600, help="requests that may be sent (default: 600)")


@pytest.fixture(scope="session")
def live_report(request: pytest.FixtureRequest) -> LiveReport:
    """One run of the live checks, which every test of a rule reads."""
    option = request.config.getoption
    with _server(option("--base-url"), option("--store")) as (base_url, store_id, credentials):
        level = option("--level") or ("read" if option("--base-url") else "upload")
        try:
            report = drift_live(
                base_url, store_id, credentials, level=level, seed=option("--seed"), budget=option("--budget")
            )
        except DriftUnavailable as error:
            pytest.exit(f"Nothing was checked. {error}", returncode=2)
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        cases = ", ".join(f"{name} {count}" for name, count in report.cases.items())
        reporter.ensure_newline()
        reporter.write_line(f"live, level {level}: {cases} cases; {report.requests} requests, {report.seconds:.1f} s")
    return report


@contextmanager
def _server(base_url: str | None, store_id: str | None) -> Iterator[tuple[str, str, tuple[str, str]]]:
    if base_url is None:
        with running(Settings()) as here:
            yield here.base_url, here.store_id, (here.username, here.password)
        return
    store = store_id or os.environ.get("TWILIO_MEMORY_STORE_ID")
    found = [(os.environ[user], os.environ[secret]) for user, secret in _NAMES if {user, secret} <= os.environ.keys()]
    if store is None or not found:
        pytest.exit("--base-url needs --store, and credentials in the environment.", returncode=2)
    yield base_url, store, found[0]
