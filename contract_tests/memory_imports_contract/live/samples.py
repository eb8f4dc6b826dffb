"""The synthetic files and requests of the checks: nobody's data, all at example.com."""

from typing import Any

Json = Any  # a JSON value can be anything
_IDENTIFIER = {"columnName": "email_address", "traitGroup": "Contact", "traitName": "email"}
_NAME = {"columnName": "first_name", "traitGroup": "Contact", "traitName": "firstName"}
FEW = 50
"""Bad rows that no service may mind: half as many as are tolerated, since that number is only about right."""
_HEADER = "email_address,first_name\n"


ODD = ' Drift "\u00e9\U0001f600" 50%20+&.csv '
"""A name of a file in which each sign is somebody's special one, with a space at both ends."""


def good_body(name: str = "drift.csv", size: int = 1024) -> dict[str, Json]:
    """A request that any store takes."""
    return {"filename": name, "fileSize": size, "columnMappings": [dict(_IDENTIFIER), dict(_NAME)]}


def rows(good: int, bad: int, mark: str) -> bytes:
    """A file with so many good rows and so many without an identifier, spread evenly."""
    lines = [f"drift-{mark}-{number}@example.com,Person {number}" for number in range(good)]
    step = max(1, good // max(1, bad))
    for number in range(bad):
        lines.insert(1 + number * (step + 1), f",Nobody {number}")
    return (_HEADER + "".join(line + "\n" for line in lines)).encode()


def broken() -> bytes:
    """A file that nothing can be read from: no mapped column, quotes that do not end, ragged rows."""
    lines = ["no,column,of,the,mapping", *(f'"{number},x' if number % 2 else "x," * 9 for number in range(200))]
    return "\n".join(lines).encode()
