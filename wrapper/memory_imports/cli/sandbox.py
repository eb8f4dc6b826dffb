"""`sandbox`: the service on this machine, until it is told to stop."""

import argparse
import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from attrs import frozen

from memory_imports.cli import amounts
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen, Table
from memory_imports.cli.stops import SandboxRefusedError, UsageError

NAME = "sandbox"
HELP = "run the service on this machine"
USAGE = "[options]"
DESCRIPTION = """\
Runs the import service on 127.0.0.1 until Ctrl-C. Prints its URL first, then what it made up
and a client needs, as lines for a shell. Credentials and store are those of the environment
where it has them.
"""
EXTRAS = ("cli", "sandbox")
# Instead of a value that has a catalogue.
HELP_WORD = "help"
# By name, because it is an extra.
PACKAGE = "memory_imports_sandbox"
FIELDS: dict[str, Any] = {"url": None, "store_id": None, "environment": {}}

_EPILOG = """\
example, in two terminals:
  memory-imports sandbox --port 8080 --data ./sandbox
  memory-imports run people.csv --mapping people.yaml    # after the export lines of the first
"""
_PAIRS = (("TWILIO_API_KEY", "TWILIO_API_SECRET"), ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"))


@frozen(eq=False)
class Switch:
    """One setting of the sandbox: its name there, what it takes, what it means, and what it is by itself.

    ``values`` are what words stand for that cannot be typed well.
    """

    name: str
    takes: Any
    text: str
    default: str
    values: Mapping[str, str] = {}

    @property
    def option(self) -> str:
        """How it is written here."""
        return "--" + self.name.replace("_", "-")


def seed(text: str) -> int | str:
    """Read the seed of the weather; `help` asks what may happen.

    Raises:
        argparse.ArgumentTypeError: It is no number.
    """
    if text == HELP_WORD:
        return text
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number; it is the seed, or `{HELP_WORD}`")
    return int(text)


def names(text: str) -> tuple[str, ...]:
    """Read names that are parted by commas."""
    return tuple(name.strip() for name in text.split(","))


_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
# The sandbox is too heavy to be asked for the sake of `--help`; a test holds the two lists equal.
SWITCHES = (
    Switch("spec", Path, "another contract to serve", "the packaged one"),
    Switch("drift", str, "differ from the contract in this one way; `help` lists the ways", "none"),
    Switch("faults", seed, "bad weather drawn from this seed; `help` lists what may happen", "none"),
    Switch("fault_rate", amounts.share, "how likely each request is to meet a fault", "0.1"),
    Switch("fault_kinds", names, "the kinds of faults to draw from, parted by commas", "all"),
    Switch("fault_stall", amounts.seconds, "seconds that a fault may make a client wait", "2.0"),
    Switch("bandwidth", amounts.amount, "bytes a second that the line carries each way, such as 5MB", "no limit"),
    Switch("latency", amounts.milliseconds, "milliseconds by which each answer comes later", "0.0"),
    Switch("url_style", ("sigv4", "sigv2"), "how upload URLs are signed", "sigv4"),
    Switch("url_lifetime", amounts.count, "seconds that an upload URL lives", "1800"),
    Switch("rate", amounts.seconds, "API requests a second, above which it answers 429", "no limit"),
    Switch("upload_rate", amounts.count, "bytes a second that an upload is read at", "no limit"),
    Switch("upload_idle", amounts.seconds, "seconds without a byte that end an upload or another request", "20.0"),
    Switch("pending_seconds", amounts.pause, "how long an uploaded import stays PENDING", "0.3"),
    Switch("processing_seconds", amounts.pause, "how long an import is PROCESSING at least", "0.7"),
)
UNKNOWNS = (
    Switch("never_uploaded_seconds", amounts.pause, "when an import without a file is FAILED", "never"),
    Switch("failed_rows", ("discard", "keep"), "the good rows of a file with too many bad ones", "discard"),
    Switch("encoding", ("utf-8", "utf-8-sig", "cp1252"), "how files are read", "utf-8"),
    Switch("delimiter", tuple(_DELIMITERS), "what parts cells", "comma", _DELIMITERS),
    Switch("quoting", ("rfc4180", "none"), "whether quotes enclose cells", "rfc4180"),
    Switch("line_ends", ("any", "lf", "crlf"), "the line ends that a file may have", "any"),
    Switch("duplicate_rows", ("apply", "skip"), "a second row for a profile", "apply"),
    Switch("row_order", ("file", "backwards"), "the order that rows are applied in", "file"),
    Switch("characters", ("accept", "warn", "refuse"), "letters that are not Latin", "accept"),
    Switch("arrays", ("text", "json"), "cells that look like JSON lists", "text"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `sandbox`."""
    parser.epilog = _EPILOG
    parser.add_argument("--port", type=amounts.port, default=0, metavar="N", help="TCP port; 0 picks a free one (0)")
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="keep everything in this folder, store and credentials too (one that is removed)",
    )
    unknown = parser.add_argument_group("what nobody outside the vendor knows")
    for group, switches in ((parser, SWITCHES), (unknown, UNKNOWNS)):
        for switch in switches:
            text, choices = f"{switch.text} ({switch.default})", isinstance(switch.takes, tuple)
            takes: dict[str, Any] = (
                {"choices": switch.takes} if choices else {"type": switch.takes, "metavar": _metavar(switch)}
            )
            group.add_argument(switch.option, default=argparse.SUPPRESS, help=text, **takes)


_METAVARS: Mapping[Any, str] = {
    Path: "FILE",
    str: "NAME",
    seed: "SEED",
    names: "NAME,NAME",
    amounts.amount: "BYTES",
    amounts.milliseconds: "MS",
}


def _metavar(switch: Switch) -> str:
    if switch.takes in _METAVARS:
        return _METAVARS[switch.takes]
    return "SECONDS" if "seconds" in switch.text + switch.name else "N"


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Serve until SIGINT or SIGTERM."""
    if options.base_url is not None:
        raise UsageError("The sandbox is a service of its own; --base-url says nothing here.")
    if getattr(options, "drift", None) == HELP_WORD:
        _list_drifts(report, screen)
        return
    if getattr(options, "faults", None) == HELP_WORD:
        _list_faults(report, screen)
        return
    _refuse_idle(options)
    package = import_module(PACKAGE)
    try:
        settings = _settings(package, options)
    except package.SandboxError as problem:
        raise SandboxRefusedError(f"{problem} `--{problem.switch} {HELP_WORD}` lists them all.") from None

    def announce(announcement: Any) -> None:  # noqa: ANN401 - of a package that may not be there
        environment = _environment(announcement, settings)
        report.fields.update(url=announcement.base_url, store_id=announcement.store_id, environment=environment)
        exports = (f"export {name}={value}" for name, value in environment.items())
        report.told = screen.json
        screen.print(report.as_json() if screen.json else "\n".join((announcement.base_url, *exports)))

    try:
        package.serve(settings, announce)
    except package.SandboxError as problem:
        raise SandboxRefusedError(str(problem)) from None


def _refuse_idle(options: argparse.Namespace) -> None:
    """Refuse what says how the weather is where there is none: whoever says it waits for faults that never come.

    Raises:
        UsageError: It is said of no weather.
    """
    said = [one for one in SWITCHES if one.name.startswith("fault_") and hasattr(options, one.name)]
    if said and not hasattr(options, "faults"):
        raise UsageError(f"{said[0].option} says nothing without --faults SEED.")


def _list_drifts(report: Report, screen: Screen) -> None:
    catalogue = import_module(f"{PACKAGE}.drifts").CATALOGUE.values()
    report.fields["drifts"] = {drift.name: drift.says for drift in catalogue}
    rows = [(drift.name, drift.level, drift.says) for drift in catalogue]
    screen.out(Table(("name", "level", "what the sandbox then does"), rows))


def _list_faults(report: Report, screen: Screen) -> None:
    catalogue = import_module(f"{PACKAGE}.faults").CATALOGUE.values()
    report.fields["faults"] = {kind.name: kind.says for kind in catalogue}
    rows = [(kind.name, "yes" if kind.processed else "no", kind.says) for kind in catalogue]
    screen.out(Table(("name", "carried out", "what happens"), rows))


def _settings(package: Any, options: argparse.Namespace) -> Any:  # noqa: ANN401 - of a package that may not be there
    username, password = _credentials()
    return package.Settings(
        data=options.data,
        port=options.port,
        store_id=options.store or os.environ.get("TWILIO_MEMORY_STORE_ID") or None,
        username=username,
        password=password,
        **_switched(options),
    )


def _switched(options: argparse.Namespace) -> dict[str, Any]:
    given = {switch: getattr(options, switch.name) for switch in SWITCHES + UNKNOWNS if hasattr(options, switch.name)}
    return {switch.name: switch.values.get(value, value) for switch, value in given.items()}


def _credentials() -> tuple[str | None, str | None]:
    for name, secret in _PAIRS:
        if os.environ.get(name) and os.environ.get(secret):
            return os.environ[name], os.environ[secret]
    return None, None


def _environment(announcement: Any, settings: Any) -> dict[str, str]:  # noqa: ANN401 - of that package
    """Return what a client needs and its environment does not have: nothing that came from there is repeated."""
    environment = {"TWILIO_MEMORY_BASE_URL": announcement.base_url}
    if announcement.store_id != os.environ.get("TWILIO_MEMORY_STORE_ID"):
        environment["TWILIO_MEMORY_STORE_ID"] = announcement.store_id
    if settings.password is None:
        environment |= {"TWILIO_API_KEY": announcement.username, "TWILIO_API_SECRET": announcement.password}
    return environment
