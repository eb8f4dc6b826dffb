"""What `drift spec` and `drift live` share: the detector by name, the formats, the exit code."""

import argparse
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from memory_imports.cli.report import Report
from memory_imports.cli.screen import Ready, Screen
from memory_imports.cli.stops import CheckUnavailableError

EXTRAS = ("cli", "contract")
# By name, because it is an extra.
PACKAGE = "memory_imports_contract"
# The detector is too heavy to be asked for the sake of `--help`; a test holds the lists equal.
FORMATS = ("text", "json", "markdown", "github", "sarif", "junit")
FAIL_ON = ("breaking", "compatible", "never")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the options of what a check shows."""
    parser.add_argument("--format", choices=FORMATS, default="text", help="how the findings are written (text)")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write them to a file (standard output)")


def check(
    detect: Callable[[ModuleType], Any], options: argparse.Namespace, report: Report, screen: Screen, fail_on: str
) -> None:
    """Run a check and show what it found.

    Raises:
        CheckUnavailableError: It could not run, or its findings could not be written.
    """
    package = import_module(PACKAGE)
    with _told(package, options.output):
        _see(package, options)  # before the minutes that a check may take
    try:
        found = detect(package)
    except package.DriftUnavailable as problem:
        raise CheckUnavailableError(str(problem)) from None
    report.outcome, report.exit_code = found.verdict, package.exit_code(found, fail_on)
    report.fields.update(found.as_json())
    text = package.render(found, options.format)
    if options.output is None:
        screen.out(Ready(text))
        return
    with _told(package, options.output):
        _see(package, options)
        package.write(text, options.output)
    screen.out(f"{found.verdict}: written to {options.output}")


def _see(package: ModuleType, options: argparse.Namespace) -> None:
    """See that a report replaces nothing but an earlier one, and nothing that this very command reads or writes."""
    if options.output is not None:
        given = (getattr(options, name, None) for name in ("new", "base", "ignore", "log_file"))
        package.see(options.output, given)


@contextmanager
def _told(package: ModuleType, output: Path | None) -> Generator[None]:
    try:
        yield
    except package.DriftUnavailable as problem:
        raise CheckUnavailableError(str(problem)) from None
    except OSError as problem:
        raise CheckUnavailableError(f"{output} cannot be written: {problem.strerror}.") from None
