"""Commands, options and files at random: whatever is put together makes sense or is one sentence."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_imports.cli import parser
from tests.fuzz.oracle import CELL, environment, examples, judge, ran

# These would go on for as long as they are let: of them only what cannot be meant is tried.
ENDLESS = {"sandbox", "demo", "drift live"}
COLUMNS = ("--map", "email=Contact.email", "--map", "name=Contact.firstName")
FILES: dict[str, bytes] = {
    "empty.csv": b"",
    "packed.csv.gz": gzip.compress(f"email,name\n{CELL}@x.example,Ann\n".encode(), mtime=0),
    "torn.gz": gzip.compress(b"email,name\n" * 99, mtime=0)[:-9],
    "noise.csv": bytes(range(256)) * 9,
    "wide.csv": f'email;"na\nme"\n{CELL};\x1b[2J\n'.encode("utf-16"),
    "::error::x.csv": f"=email,##[error]name\n{CELL},\u202e\n".encode(),
    "people.yaml": b"columns: {email: Contact.email, name: Contact.firstName}\n",
    "odd.yaml": b'columns: &a {"\\ud800": *a, <<: [*a], 1: !!binary x}\n',
    "state.sqlite3": b"SQLite format 3\0" + bytes(200),
    "spec.json": b'{"openapi": "3.0.1", "paths": {"/x": {"$ref": "#/paths/~1x"}}}',
    "pipe?": b"a",
}
PLACES = (
    *FILES,
    "people.csv",
    "folder",
    ".",
    "nothing",
    "n" * 300,
    "-",
    "",
    "link",
    "*.csv",
    "[",
    "**",
    "--",
    "/dev/null",
)
VALUES = (
    "0",
    "1",
    "-1",
    "nan",
    "inf",
    "1e999",
    "9" * 5000,
    "²",
    "utf-16",
    "idna",
    "tab",
    "XX",
    "mem_import_" + 26 * "0",
)

words = st.text(st.characters(exclude_characters="/\0"), max_size=8) | st.sampled_from((*PLACES, *VALUES))


@cache
def options(command: str) -> tuple[str, ...]:
    """Every option that a command has, by its own help."""
    with pytest.raises(parser.Shown) as shown:
        parser.parse([*command.split(), "--help"])
    return tuple(sorted({*re.findall(r"(?<![\w-])--?[a-z][a-z-]*", shown.value.text)} - {"--help", "--version"}))


@st.composite
def commands(draw: st.DrawFn) -> list[str]:
    """A command with some of its own options, each with some value, or with none."""
    command = draw(st.sampled_from(sorted(parser.COMMANDS)))
    given = draw(st.lists(words, max_size=2))
    for option in draw(st.lists(st.sampled_from(options(command)), max_size=4)):
        given += [option, *draw(st.lists(words, max_size=1))]
    if command in {"run", "plan", "check"} and draw(st.booleans()):
        given = [draw(st.sampled_from(PLACES)), *COLUMNS, *given]
    return [*command.split(), *(["--never"] if command in ENDLESS else []), *given]


@pytest.fixture
def shelf(tmp_path: Path, people: Path) -> Path:
    """A folder with files of all kinds."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(people)
    return tmp_path


@given(words=commands(), typed=st.sampled_from([b"", f"email,name\n{CELL},\xff\n".encode("latin-1"), b"\0"]))
@examples(60)
def test_any_words_make_sense_or_are_refused_in_one_sentence(shelf: Path, words: list[str], typed: bytes) -> None:
    """With the exit code that the table has for it, in JSON, too."""
    judge(ran(words, environment(shelf), typed=typed), words)


@given(
    content=st.binary(max_size=200) | st.text(max_size=100).map(str.encode),
    name=st.sampled_from(["a.csv", "a.json", "a.xlsx"]),
)
@examples(40)
def test_any_file_is_read_or_refused(shelf: Path, content: bytes, name: str) -> None:
    """By every command that reads one."""
    (shelf / name).write_bytes(content)
    for words in (["check", name, "--json"], ["map", name], ["plan", name, *COLUMNS, "--rejects", "r.csv"]):
        judge(ran(words, environment(shelf)), words)
