"""Servers that keep the contract are silent, however they use the freedom that it leaves them."""

from collections.abc import Callable

import httpx
import pytest

from live.faulty import QUICK, Fault, faulty
from live.stranger import MANNERS, PASSWORD, STORE, USER, stranger
from live.weather import WEATHERS
from memory_imports_contract.live import drift_live
from memory_imports_sandbox import Settings, running
from tally import CLEAN, Entry

Tally = Callable[[Entry], None]

SWITCHES = {
    "as it is": Settings(pending_seconds=0.1, processing_seconds=0.2),
    "the older signature": Settings(pending_seconds=0, processing_seconds=0, url_style="sigv2"),
    "a limited rate": Settings(pending_seconds=0, processing_seconds=0, rate=40),
}


@pytest.mark.parametrize("switch", SWITCHES)
def test_switches_of_the_sandbox_are_no_drift(switch: str, tally: Tally) -> None:
    """What nobody outside the vendor knows is nobody's drift."""
    with running(SWITCHES[switch]) as here:
        report = drift_live(here.base_url, here.store_id, (here.username, here.password), level="upload")
    tally(Entry.of(CLEAN, switch, report))
    assert () == report.findings


@pytest.mark.parametrize("level", ["read", "create", "upload"])
@pytest.mark.parametrize("manner", MANNERS)
def test_a_server_unlike_the_sandbox_is_silent(manner: str, level: str, tally: Tally) -> None:
    """Whole seconds, few fields, other tokens, HTTP/1.0: all of it is allowed."""
    with stranger(MANNERS[manner]) as url:
        report = drift_live(url, STORE, (USER, PASSWORD), level=level)
    tally(Entry.of(CLEAN, f"{manner}, {level}", report))
    assert () == report.findings


@pytest.mark.parametrize("weather", WEATHERS)
def test_weather_is_no_drift(weather: str, tally: Tally) -> None:
    """A 503 or 429 now and then goes away when asked again."""
    with faulty(Fault(weather, "", on_request=WEATHERS[weather](), settings=QUICK)) as here:
        report = drift_live(here.base_url, here.store_id, (here.username, here.password), level="upload", budget=900)
    tally(Entry.of(CLEAN, weather, report))
    assert () == report.findings


@pytest.mark.parametrize("level", ["read", "create"])
def test_a_level_does_no_more_than_it_says(level: str) -> None:
    """`read` leaves an empty store empty; `create` leaves every import without a file."""
    with running(Settings()) as here:
        credentials = (here.username, here.password)
        drift_live(here.base_url, here.store_id, credentials, level=level)
        with httpx.Client(base_url=here.base_url, auth=credentials) as client:
            left = client.get("/_sandbox/imports?limit=1000").json()["imports"]
    assert {"read": set(), "create": {("PENDING", None)}}[level] == {(one["status"], one["uploadedAt"]) for one in left}
