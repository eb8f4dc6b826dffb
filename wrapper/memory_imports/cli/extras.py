"""What a pinned library user need not install, and how to get it. Looks for packages; imports none."""

from importlib.util import find_spec

from memory_imports.cli.stops import ExtraMissingError
from memory_imports.errors import how_to_install

# The modules of each extra that a command, or the reader of some kind of file, cannot do without.
NEEDED: dict[str, tuple[str, ...]] = {
    "cli": ("filelock", "rich", "rich_argparse", "yaml"),
    "contract": ("hypothesis", "jsonschema", "rfc3339_validator", "schemathesis", "yaml"),
    "data": ("numpy", "openpyxl", "pyarrow", "zstandard"),
    "sandbox": ("jsonschema", "rfc3339_validator", "starlette", "uvicorn", "yaml"),
}


def need(*extras: str) -> None:
    """Make sure that extras are installed.

    Raises:
        ExtraMissingError: One is not.
    """
    if all(find_spec(module) for extra in extras for module in NEEDED[extra]):
        return
    raise ExtraMissingError(f"This needs more than the library; {how_to_install(*extras)}.")
