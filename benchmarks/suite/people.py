"""Files of made-up people, of the usual kind: a fifth of the rows has a quoted cell, every row an identifier."""

from pathlib import Path

COLUMNS = {"email": "Contact.email", "name": "Contact.firstName", "note": "Contact.note"}
MAPPINGS = tuple(word for column, target in COLUMNS.items() for word in ("--map", f"{column}={target}"))


def write_people(file: Path, size: int) -> int:
    """Write people until the file has exactly so many bytes, and return how many."""
    with file.open("wb") as out:
        left = size - out.write(b"email,name,note\n")
        number = 0
        while left:
            number += 1
            note = b'"says ""hello"", twice"' if number % 5 == 0 else b"a person who does not exist" * 3
            row = b"person%d@example.com,Person %d,%s\n" % (number, number, note)
            if left < 2 * len(row):
                row = b"last@example.com,Last,".ljust(left - 1, b"x") + b"\n"
            left -= out.write(row)
    return number
