"""`drift spec`: has the contract moved, by what the vendor publishes."""

import argparse
from typing import Any

from memory_imports.cli import drift
from memory_imports.cli.report import Report
from memory_imports.cli.screen import Screen

NAME = "drift spec"
HELP = "compare a published specification with the contract"
USAGE = "NEW [options]"
DESCRIPTION = """\
Compares what the vendor publishes with the contract that this client was generated from, as far
as its three operations reach, and says of each difference whom it breaks: the client's side of
the wire counts. NEW may be the whole API, YAML or JSON, a file or a URL.
"""
EXTRAS = drift.EXTRAS
FIELDS: dict[str, Any] = {"verdict": None, "changes": []}

_EPILOG = """\
examples:
  memory-imports drift spec twilio_memory_v1.yaml
  memory-imports drift spec new.json --base old.json --fail-on breaking --format markdown -o drift.md

exit codes:
  0 nothing that --fail-on covers    2 the check could not run    6 drift
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `drift spec`."""
    parser.epilog = _EPILOG
    parser.add_argument("new", metavar="NEW", help="the specification to look at")
    parser.add_argument("--base", metavar="FILE", help="compare with this one (the packaged contract)")
    parser.add_argument(
        "--fail-on", choices=drift.FAIL_ON, default="compatible", help="the least change that is drift (compatible)"
    )
    parser.add_argument("--ignore", metavar="FILE.yaml", help="changes to pass over, with reason and expiry date")
    drift.add_output(parser)


def execute(options: argparse.Namespace, report: Report, screen: Screen) -> None:
    """Compare and show."""

    def detect(package: Any) -> Any:  # noqa: ANN401 - of a package that may not be there
        return package.compare_specs(options.new, base=options.base, ignore=options.ignore)

    drift.check(detect, options, report, screen, options.fail_on)
