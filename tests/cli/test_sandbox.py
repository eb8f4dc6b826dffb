"""`sandbox` in this process, the service replaced where it would not return."""

import json
import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

import memory_imports_sandbox as package
from memory_imports.cli import amounts
from memory_imports.cli.parser import parse
from memory_imports.cli.sandbox import SWITCHES, UNKNOWNS
from memory_imports_sandbox.drifts import CATALOGUE
from memory_imports_sandbox.faults import CATALOGUE as FAULTS
from tests.cli.conftest import Cli

HERE = package.Announcement("http://127.0.0.1:1", "mem_store_x", "SKmade", "up")


@pytest.fixture
def served(bare: pytest.MonkeyPatch) -> list[package.Settings]:
    """The settings of each sandbox that was asked for; none is started."""
    seen: list[package.Settings] = []

    def serve(settings: package.Settings, announce: Callable[[package.Announcement], None]) -> None:
        seen.append(settings)
        announce(HERE)

    bare.setattr(package, "serve", serve)
    return seen


def without_access(bare: pytest.MonkeyPatch) -> None:
    """Take away what the `cli` fixture put into the environment."""
    for name in ("API_KEY", "API_SECRET", "MEMORY_STORE_ID", "MEMORY_BASE_URL"):
        bare.delenv(f"TWILIO_{name}")


def test_the_url_comes_first_then_what_was_made_up(
    cli: Cli, bare: pytest.MonkeyPatch, served: list[package.Settings]
) -> None:
    """As lines that a shell takes."""
    without_access(bare)
    assert [
        "http://127.0.0.1:1",
        "export TWILIO_MEMORY_BASE_URL=http://127.0.0.1:1",
        "export TWILIO_MEMORY_STORE_ID=mem_store_x",
        "export TWILIO_API_KEY=SKmade",
        "export TWILIO_API_SECRET=up",
    ] == cli("sandbox").out.splitlines()
    assert (None, None, None, 0) == (served[0].store_id, served[0].username, served[0].data, served[0].port)


@pytest.mark.parametrize("names", [("API_KEY", "API_SECRET"), ("ACCOUNT_SID", "AUTH_TOKEN")])
def test_what_the_environment_has_is_used_and_not_repeated(
    cli: Cli, bare: pytest.MonkeyPatch, served: list[package.Settings], names: tuple[str, str]
) -> None:
    """A secret of the user's is not printed."""
    without_access(bare)
    for name, value in zip((*names, "MEMORY_STORE_ID"), ("me", "mine", "mem_store_x"), strict=True):
        bare.setenv(f"TWILIO_{name}", value)
    done = cli("sandbox", "--json")
    assert {
        "outcome": "completed",
        "exit_code": 0,
        "url": "http://127.0.0.1:1",
        "store_id": "mem_store_x",
        "environment": {"TWILIO_MEMORY_BASE_URL": "http://127.0.0.1:1"},
        "error": None,
    } == json.loads(done.out)
    assert ("me", "mine", "mem_store_x") == (served[0].username, served[0].password, served[0].store_id)


def test_every_setting_has_its_switch() -> None:
    """With its choices and its default; only what opens the sandbox to others has none."""
    given = {"data", "port", "allow_remote", "host", "store_id", "username", "password"}
    settings = {one.name: one for one in fields(package.Settings) if one.name not in given}
    switches = {one.name: one for one in SWITCHES + UNKNOWNS}
    assert settings.keys() == switches.keys()
    for name, setting in settings.items():
        switch = switches[name]
        if isinstance(switch.takes, tuple):
            known: Any = setting.validator
            assert tuple(known.options) == tuple(switch.values.get(word, word) for word in switch.takes)
        if setting.default is not None:
            assert str(setting.default) == switch.values.get(switch.default, switch.default)


def test_switches_reach_the_settings(cli: Cli, served: list[package.Settings], tmp_path: Path) -> None:
    """In the sandbox's own words."""
    words = ("--port", "80", "--data", tmp_path, "--delimiter", "semicolon", "--url-style", "sigv2")
    assert 0 == cli("sandbox", *words, "--pending-seconds", "0", "--rate", "2.5", "--upload-rate", "9").code
    (found,) = served
    assert (80, tmp_path, ";", "sigv2", 0, 2.5, 9) == (
        found.port,
        found.data,
        found.delimiter,
        found.url_style,
        found.pending_seconds,
        found.rate,
        found.upload_rate,
    )


def test_a_sandbox_that_cannot_start_ends_with_2(cli: Cli, service: package.Announcement) -> None:
    """The port is taken: one sentence, one object."""
    done = cli("sandbox", "--json", "--port", service.base_url.rpartition(":")[2])
    assert (2, "SandboxRefusedError", None) == (done.code, done.json["error"]["kind"], done.json["url"])
    assert (1, True) == (done.err.count("\n"), "Cannot listen on 127.0.0.1" in done.err)


def test_units_are_shown_in_the_help() -> None:
    """A number says what of."""
    assert 5 == parse(["sandbox", "--url-lifetime", "5"]).url_lifetime


def test_a_drift_reaches_the_settings(cli: Cli, served: list[package.Settings]) -> None:
    """By its name."""
    assert 0 == cli("sandbox", "--drift", "fetch-size-string").code
    assert "fetch-size-string" == served[0].drift


def test_the_drifts_are_listed(cli: Cli, served: list[package.Settings]) -> None:
    """For people and, as one object, for programs; no sandbox is started."""
    done = cli("sandbox", "--drift", "help")
    assert (0, len(CATALOGUE) + 1) == (done.code, len(done.out.splitlines()))
    assert ["fetch-size-string", "create", "The file's size is a string."] == next(
        re.split(r" {2,}", line) for line in done.out.splitlines() if line.startswith("fetch-size-string")
    )
    told = cli("sandbox", "--drift", "help", "--json").json
    assert {name: drift.says for name, drift in CATALOGUE.items()} == told["drifts"]
    assert [] == served


def test_the_weather_reaches_the_settings(cli: Cli, served: list[package.Settings]) -> None:
    """Seed, rate, kinds and stalls, and the line that all of it travels on."""
    words = ("--faults", "7", "--fault-rate", "0.3", "--fault-kinds", "reset-unread, late-answer", "--fault-stall", "9")
    assert 0 == cli("sandbox", *words, "--bandwidth", "5MB", "--latency", "50").code
    (found,) = served
    assert (7, 0.3, ("reset-unread", "late-answer"), 9.0, 5_000_000, 0.05) == (
        found.faults,
        found.fault_rate,
        found.fault_kinds,
        found.fault_stall,
        found.bandwidth,
        found.latency,
    )


def test_the_faults_are_listed(cli: Cli, served: list[package.Settings]) -> None:
    """For people and, as one object, for programs; no sandbox is started."""
    done = cli("sandbox", "--faults", "help")
    assert (0, len(FAULTS) + 1) == (done.code, len(done.out.splitlines()))
    assert ["reset-unanswered", "yes", "The connection is reset instead of an answer."] == next(
        re.split(r" {2,}", line) for line in done.out.splitlines() if line.startswith("reset-unanswered")
    )
    told = cli("sandbox", "--faults", "help", "--json").json
    assert {name: kind.says for name, kind in FAULTS.items()} == told["faults"]
    assert [] == served


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--fault-rate", ".5"), "--fault-rate says nothing without --faults SEED."),
        (("--fault-kinds", "reset-unread"), "--fault-kinds says nothing without --faults SEED."),
        (("--fault-stall", "1"), "--fault-stall says nothing without --faults SEED."),
        (("--faults", "soon"), "'soon' is not a whole number; it is the seed, or `help`"),
        (("--faults", "1", "--fault-rate", "1.5"), "'1.5' is more than all; give a number up to 1"),
        (("--faults", "1", "--fault-kinds", "reset-unred"), "did you mean reset-unread"),
        (("--faults", "1", "--fault-kinds", "reset-unred"), "`--faults help` lists them all."),
        (("--bandwidth", "fast"), "'fast' is not an amount of bytes, such as 500kB, 5MB or 64KiB"),
        (("--latency", "-1"), "'-1' is not a positive number"),
    ],
)
def test_weather_that_makes_no_sense_ends_with_2(
    cli: Cli, served: list[package.Settings], words: tuple[str, ...], sentence: str
) -> None:
    """One sentence that says what to do."""
    done = cli("sandbox", *words)
    assert (2, "", []) == (done.code, done.out, served)
    assert sentence in done.err


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1", 1),
        ("1000", 1000),
        ("500kB", 500_000),
        ("5MB", 5_000_000),
        ("5mb/s", 5_000_000),
        ("1.5M", 1_500_000),
        ("2 GB", 2_000_000_000),
        ("64KiB", 65_536),
        ("1MiB/s", 1 << 20),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: int) -> None:
    """In decimal units, unless they say that they are binary."""
    assert amount == amounts.amount(text)


@pytest.mark.parametrize("text", ["", "0", "-1", "MB", "0.1", "1TB", "1 k b", "\u0661MB", "1e3", "0.5B"])
def test_what_is_no_amount_is_none(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ArgumentTypeError, match="not an amount of bytes"):
        amounts.amount(text)


@given(st.integers(1, 10**12))
def test_an_amount_is_read_as_it_is_written(number: int) -> None:
    """But for what rounding takes."""
    assert number == pytest.approx(amounts.amount(amounts.size(number).removesuffix("ytes").replace(",", "")), rel=0.06)


def test_a_drift_that_nobody_knows_ends_with_2(cli: Cli, served: list[package.Settings]) -> None:
    """One sentence, with the names that come near."""
    done = cli("sandbox", "--drift", "fetch-size-strin")
    assert (2, "", []) == (done.code, done.out, served)
    assert "There is no drift 'fetch-size-strin'; did you mean fetch-size-string" in done.err
    assert "`--drift help` lists them all." in done.err
    assert 1 == done.err.count("\n")
