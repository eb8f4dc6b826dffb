"""The words of the command line: options that every command has, help that reads well and costs little."""

import argparse
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

from memory_imports._version import __version__
from memory_imports.cli import (
    check,
    demo,
    doctor,
    drift_live,
    drift_spec,
    jobs,
    listing,
    plan,
    run,
    sandbox,
    status,
    wait,
)
from memory_imports.cli import map as mapping
from memory_imports.cli.stops import UsageError
from memory_imports.cli.unknown import discreet, meaningless

COMMANDS = {
    module.NAME: module
    for module in (
        demo,
        doctor,
        check,
        mapping,
        plan,
        run,
        jobs,
        status,
        wait,
        listing,
        sandbox,
        drift_spec,
        drift_live,
    )
}

GROUPS = {"drift": "see whether the contract has moved: spec by spec, or on a running server"}

_DESCRIPTION = "Load customer profiles from CSV files into Twilio Conversation Memory."
_EPILOG = """\
Credentials come from the environment: TWILIO_API_KEY and TWILIO_API_SECRET, else
TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN. TWILIO_MEMORY_STORE_ID and
TWILIO_MEMORY_BASE_URL stand for --store and --base-url.

examples:
  memory-imports demo
  memory-imports check people.csv
  memory-imports run people.csv --map email=Contact.email --map name=Contact.firstName
  memory-imports status mem_import_00000000000000000000000000 --json

exit codes:
  0 done    1 failed or refused    2 usage or configuration    3 completed with row errors
  4 credentials refused    5 waited long enough    6 drift    130 interrupted
  After 5 and 130 the same command goes on where it stopped.
"""
_FLAGS = {
    "--json": "print one JSON object, and nothing else, to standard output",
    "--quiet": "say nothing of progress",
    "--verbose": "show the log, and where errors come from",
}


class Shown(Exception):  # noqa: N818 - no error: somebody asked for a text and gets it
    """A text that was asked for instead of a command, and what it is."""

    def __init__(self, what: str, text: str) -> None:
        super().__init__(what)
        self.what = what
        self.text = text


class _Parser(argparse.ArgumentParser):
    """Raises where argparse would print and exit, so that there is one place that does either."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse's own options, of many types
        super().__init__(**options, allow_abbrev=False, formatter_class=_formatter(), add_help=False)

    def error(self, message: str) -> NoReturn:
        command = self.prog.partition(" ")[2]
        raise UsageError(f"{message[:1].upper()}{message[1:]}; see {self.prog} --help.", command=command)

    def print_help(self, file: object = None) -> NoReturn:
        del file
        raise Shown("help", self.format_help())


class _Version(argparse.Action):
    def __call__(self, *_: object) -> NoReturn:
        raise Shown("version", __version__)


def _formatter() -> type[argparse.HelpFormatter]:
    if not (sys.stdout.isatty() and find_spec("rich_argparse")):
        return argparse.RawDescriptionHelpFormatter
    from rich_argparse import RawDescriptionRichHelpFormatter  # noqa: PLC0415 - only a terminal needs it

    class Coloured(RawDescriptionRichHelpFormatter):
        help_markup = False  # brackets in our texts are brackets
        text_markup = False
        group_name_formatter = str

    return Coloured


def _add_common(parser: argparse.ArgumentParser) -> None:
    """Add what every command understands; without defaults, so that it may stand before or after the command."""
    group = parser.add_argument_group("everywhere")
    group.add_argument("-h", "--help", action="help", help="show this and exit")
    group.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    for option, metavar, text in (
        ("--store", "ID", "the store (TWILIO_MEMORY_STORE_ID)"),
        ("--base-url", "URL", "the service, if it is not the vendor's (TWILIO_MEMORY_BASE_URL)"),
    ):
        group.add_argument(option, metavar=metavar, default=argparse.SUPPRESS, help=text)
    group.add_argument(
        "--log-file",
        type=Path,
        metavar="FILE",
        default=argparse.SUPPRESS,
        help="add the log to this file, as JSON lines, whatever is shown",
    )
    for option, text in _FLAGS.items():
        group.add_argument(option, action="store_true", default=argparse.SUPPRESS, help=text)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return what the words mean.

    Raises:
        UsageError: They mean nothing, or name no command.
        Shown: They ask for help or the version.
    """
    parser = _Parser(
        prog="memory-imports", usage="%(prog)s COMMAND [options]", description=_DESCRIPTION, epilog=_EPILOG
    )
    groups = {"": _commands(parser)}
    for name, module in COMMANDS.items():
        group, _, word = name.rpartition(" ")
        if group not in groups:
            groups[group] = _group(groups[""], group)
        command = groups[group].add_parser(
            word, usage=f"%(prog)s {module.USAGE}", help=module.HELP, description=module.DESCRIPTION
        )
        command.set_defaults(command=name)
        module.configure(command)
        _add_common(command)
    _add_common(parser)
    defaults = argparse.Namespace(store=None, base_url=None, log_file=None, json=False, quiet=False, verbose=False)
    try:
        options, unknown = parser.parse_known_args(words, defaults)
    except UsageError as problem:
        raise discreet(problem, words, _FLAGS) from None
    if options.command is None:
        raise _no_command(options.chosen)
    if unknown:
        raise meaningless(unknown, options.command)
    return options


def _no_command(parser: argparse.ArgumentParser) -> UsageError:
    problem = UsageError(f"No COMMAND is named; see {parser.prog} --help.")
    parser.formatter_class = argparse.RawDescriptionHelpFormatter  # colours are for standard output
    problem.help = parser.format_help()
    return problem


def _group(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    parser = commands.add_parser(
        name, usage="%(prog)s COMMAND [options]", help=GROUPS[name], description=GROUPS[name].capitalize() + "."
    )
    _add_common(parser)
    return _commands(parser)


def _commands(parser: argparse.ArgumentParser) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    parser.set_defaults(chosen=parser)
    return parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog=parser.prog)


def asks_for_json(words: Sequence[str]) -> bool:
    """Whether words that may not make sense ask for JSON."""
    words = list(words)
    return "--json" in (words[: words.index("--")] if "--" in words else words)


def fields_of(command: str | None) -> dict[str, object]:
    """Return what a command's JSON holds before it has begun; nothing for one that there is not."""
    return dict(COMMANDS[command].FIELDS) if command in COMMANDS else {}
