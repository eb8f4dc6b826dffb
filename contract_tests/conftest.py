"""How the contract suite is pointed at a server: at the sandbox over a real socket, unless an option names another.

Credentials come from the environment alone, as everywhere. At the end it says what was found, counted by `tally`.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from attrs import define, field

from catalogue import PLANTED
from live.faults import FAULTS
from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.findings import LiveReport
from memory_imports_contract.live import LEVELS, drift_live
from memory_imports_sandbox import Settings, running
from tally import BUDGET, PROPERTY, Entry, gaps, lines

_NAMES = (("TWILIO_API_KEY", "TWILIO_API_SECRET"), ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of the live checks."""
    group = parser.getgroup("contract", "the live checks of the contract")
    group.addoption("--base-url", help="server to hold against the contract (default: a sandbox of its own)")
    group.addoption("--store", help="a store of that server (default: TWILIO_MEMORY_STORE_ID)")
    group.addoption("--level", choices=LEVELS, help="what may be made there (default: read; on the sandbox: upload)")
    group.addoption("--seed", type=int, default=0, help="the same seed sends the same requests (default: 0)")
    group.addoption("--budget", type=int, default=BUDGET, help=f"requests that may be sent (default: {BUDGET})")
    group.addoption("--proof", action="store_true", help="fail unless every planted drift and enough seeds were tried")


def pytest_configure(config: pytest.Config) -> None:
    """Counts where the reports of all processes come together."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Counter(proof=config.getoption("--proof")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Who names a server wants to know of that one alone."""
    if config.getoption("--base-url"):
        asked = [item for item in items if "live_report" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in asked])
        items[:] = asked


@define(eq=False)  # pytest keeps plugins in sets
class _Counter:
    proof: bool
    entries: list[Entry] = field(factory=list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Takes what a test has handed in."""
        if report.when == "call":
            self.entries += [Entry(**value) for name, value in report.user_properties if name == PROPERTY]  # type: ignore[arg-type] # from as_property

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A proof with a gap is a failure, however green the rest."""
        if self.missing and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says what was found."""
        for line in (*lines(self.entries), *self.missing):
            terminalreporter.write_line(line)

    @property
    def missing(self) -> list[str]:
        """What a proof lacks that was asked for."""
        return gaps(self.entries, [*PLANTED, *(fault.name for fault in FAULTS)]) if self.proof else []


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Callable[[Entry], None]:
    """Takes an entry to where all are counted."""
    return lambda entry: record_property(PROPERTY, entry.as_property())


@pytest.fixture(scope="session")
def live_report(request: pytest.FixtureRequest) -> LiveReport:
    """One run of the live checks, which every test of a rule reads."""
    option = request.config.getoption
    with _server(option("--base-url"), option("--store")) as (base_url, store_id, credentials):
        level = option("--level") or ("read" if option("--base-url") else "upload")
        try:
            return drift_live(
                base_url, store_id, credentials, level=level, seed=option("--seed"), budget=option("--budget")
            )
        except DriftUnavailable as error:
            pytest.exit(f"Nothing was checked. {error}", returncode=2)


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
