"""`map`: a mapping file to correct, from the names of columns; it asks only who is there, and shows no value."""

import io
import json
import os
import re
import select
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from memory_imports.cli import main
from memory_imports.cli.columns import columns_of
from tests.cli.conftest import Cli, Typing
from tests.cli.program import PATIENCE, environment
from tests.cli.terminal import Keyboard, Terminal

PAGE = Path(__file__).parents[2] / "docs" / "mapping.md"
SECRET = "Zq7"
ROWS = f"{SECRET}@example.com,{SECRET},{SECRET},{SECRET}\n"
HEADER = "E-Mail,Vorname,Ort,loyalty_points"
UNSURE = "Email,Work Phone,Home Phone,Ort,loyalty_points"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of which three columns are known, one only in company that it has not."""
    made = tmp_path / "people.csv"
    made.write_text(f"{HEADER}\n{ROWS}", encoding="utf-8")
    return made


@pytest.fixture
def unsure(tmp_path: Path) -> Path:
    """A file that leaves doubts."""
    made = tmp_path / "unsure.csv"
    made.write_text(f"{UNSURE}\n{SECRET}@example.com,+49 30 7654321,+49 30 1234567,Berlin,7\n", encoding="utf-8")
    return made


Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(typing: Typing) -> Typed:
    """Run `map` at a terminal on which lines are typed."""
    return partial(typing, "map")


def test_the_suggestion_goes_to_standard_output(cli: Cli, file: Path) -> None:
    """As the file that a run reads; what is not sure is a comment."""
    done = cli("map", file)
    assert (0, "") == (done.code, done.err)
    assert [
        "columns:",
        "  E-Mail: Contact.email  # high: a name for it in German",
        "  Vorname: Contact.firstName  # high: a name for it in German",
        "  # Ort: Contact.city  # medium: may be a name for it in German",
        "  # loyalty_points: Contact.loyaltyPoints  # low: no trait of the service is known by this name",
    ] == done.out.splitlines()[2:]


def test_the_page_about_it_shows_what_it_says(cli: Cli, bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its file, its command, its output."""
    page = PAGE.read_text(encoding="utf-8")
    name, content = re.findall(r"^```csv (.*)\n((?:.*\n)*?)```$", page, re.MULTILINE)[0]
    command, output = re.findall(r"^\$ memory-imports (.*)\n((?:.*\n)*?)```$", page, re.MULTILINE)[0]
    (tmp_path / name).write_text(content, encoding="utf-8")
    bare.chdir(tmp_path)
    assert output == cli(*command.split()).out


def test_a_run_takes_what_is_suggested(cli: Cli, people: Path, tmp_path: Path) -> None:
    """Without a word changed, where enough is sure."""
    people.write_text(people.read_text().replace("email,name", "E-Mail,Given Name"))
    assert 0 == cli("map", people, "-o", tmp_path / "people.yaml").code
    assert 0 == cli("run", people, "--mapping", tmp_path / "people.yaml").code


def test_with_json_it_is_one_object(cli: Cli, file: Path) -> None:
    """As every command's."""
    done = cli("map", file, "--json")
    data = done.json
    assert {
        "outcome": "suggested",
        "exit_code": 0,
        "file": str(file),
        "mapping": {"E-Mail": "Contact.email", "Vorname": "Contact.firstName"},
        "problems": [],
        "output": None,
        "error": None,
    } == {name: value for name, value in data.items() if name != "columns"}
    assert {
        "column": "Ort",
        "target": "Contact.city",
        "confidence": "medium",
        "reason": "may be a name for it in German",
    } == data["columns"][2]
    assert HEADER.split(",") == [each["column"] for each in data["columns"]]


def test_the_file_is_written_where_it_is_told(cli: Cli, file: Path, tmp_path: Path) -> None:
    """With standard output left to say so."""
    output = tmp_path / "people.yaml"
    done = cli("map", file, "-o", output)
    assert (0, f"2 of 4 columns mapped in {output}\n", "") == (done.code, done.out, done.err)
    assert {"E-Mail": "Contact.email", "Vorname": "Contact.firstName"} == columns_of([], str(output))
    data = cli("map", file, "--json", "--yes", "-o", output).json
    assert (str(output), 0) == (data["output"], data["exit_code"])


def test_a_file_that_is_there_is_overwritten_only_if_told(cli: Cli, file: Path, tmp_path: Path) -> None:
    """And then it is said."""
    output = tmp_path / "people.yaml"
    output.write_text("mine")
    done = cli("map", file, "-o", output)
    assert (2, "mine") == (done.code, output.read_text())
    assert f"error: {output} is there already; give another name, or overwrite it with --yes.\n" == done.err
    told = cli("map", file, "-o", output, "--yes")
    assert (0, f"2 of 4 columns mapped in {output}, which was overwritten\n") == (told.code, told.out)
    assert "Contact.email" in output.read_text()


def test_nobody_is_asked_for_a_file_that_cannot_be_written(typed: Typed, unsure: Path, tmp_path: Path) -> None:
    """It is refused first."""
    output = tmp_path / "people.yaml"
    output.write_text("mine")
    code, _, err = typed([unsure, "-o", output], "y")
    assert (2, 0) == (code, err.count("?"))


def test_the_file_of_people_is_never_overwritten(cli: Cli, file: Path, tmp_path: Path) -> None:
    """By whatever name it goes."""
    before = file.read_text()
    other = tmp_path / "other.yaml"
    other.symlink_to(file)
    done = cli("map", file, "-o", other, "--yes")
    assert (2, f"error: {other} is the file of people itself; give another name.\n") == (done.code, done.err)
    assert before == file.read_text()


def test_a_file_that_appears_meanwhile_is_not_overwritten(cli: Cli, file: Path, tmp_path: Path) -> None:
    """Not even one that is a link to nowhere."""
    output = tmp_path / "people.yaml"
    output.symlink_to(tmp_path / "nowhere")
    done = cli("map", file, "-o", output)
    assert (2, True) == (done.code, "is there already" in done.err)


def test_a_mapping_is_written_for_its_owner_alone_and_through_no_link(cli: Cli, file: Path, tmp_path: Path) -> None:
    """Whatever was there before; a device is not replaced, and a name that is too long is one sentence."""
    output, link = tmp_path / "people.yaml", tmp_path / "link.yaml"
    output.touch()
    output.chmod(0o666)
    link.symlink_to(output)
    assert 0 == cli("map", file, "-o", output, "--yes").code
    assert 0o600 == output.stat().st_mode & 0o777
    for place, reason in ((link, "no regular file"), (Path(os.devnull), "no regular file"), ("n" * 300, "too long")):
        done = cli("map", file, "-o", place, "--yes")
        assert (2, True) == (done.code, reason in done.err)
    assert link.is_symlink()


def test_a_place_that_cannot_be_written_is_named(cli: Cli, file: Path) -> None:
    """With exit code 2."""
    done = cli("map", file, "-o", "/nowhere/people.yaml")
    assert (2, "error: /nowhere/people.yaml cannot be written: No such file or directory.\n") == (done.code, done.err)


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (None, 2, "cannot be read: No such file or directory"),
        (b"", 1, "the file is empty"),
        (b"ann@example.com,Ann\n", 1, "line 1: the first line is of a person"),
    ],
)
def test_what_is_no_table_of_people_is_refused(
    cli: Cli, tmp_path: Path, content: bytes | None, code: int, sentence: str
) -> None:
    """In a sentence, and without reading anybody out."""
    file = tmp_path / "people.csv"
    if content is not None:
        file.write_bytes(content)
    done = cli("map", file)
    assert (code, True, "") == (done.code, sentence in done.err, done.out)
    assert "ann@" not in done.err
    data = cli("map", file, "--json").json
    assert (code, "refused", str(file)) == (data["exit_code"], data["outcome"], data["file"])
    assert (code == 1) == bool(data["problems"])


def test_a_file_may_be_written_as_people_write_it(cli: Cli, tmp_path: Path) -> None:
    """What was found out about it is said, and can be said otherwise; faulty rows are no reason to stop."""
    file = tmp_path / "people.csv"
    file.write_bytes(("E-Mail;Stra\xdfe\n" + '"x";y"z\n' * 3 + "ann@example.com;Hauptstra\xdfe 1\n").encode("cp1252"))
    data = cli("map", file, "--json").json
    assert {"Straße": "Contact.street", "E-Mail": "Contact.email"} == data["mapping"]
    assert ["encoding", "delimiter"] == [each["code"] for each in data["problems"]]
    told = cli("map", file, "--encoding", "cp1252", "--delimiter", ";", "--json").json
    assert (data["mapping"], []) == (told["mapping"], told["problems"])


def test_standard_input_is_read_as_a_file(file: Path, tmp_path: Path) -> None:
    """For exports that come out of a pipe."""
    command = [sys.executable, "-m", "memory_imports", "map", "-", "--json"]
    done = subprocess.run(command, input=file.read_bytes(), env=environment(tmp_path), capture_output=True, check=True)
    assert {"E-Mail": "Contact.email", "Vorname": "Contact.firstName"} == json.loads(done.stdout)["mapping"]


def test_problems_are_named(cli: Cli, tmp_path: Path) -> None:
    """On standard error, and in the object; a note only to those who want to hear how it goes."""
    file = tmp_path / "people.csv"
    file.write_text("City,Mobile,Phone,x,x\n")
    done = cli("map", file)
    assert [
        "warning: column 'x': 2 columns have this name, so none is mapped; keep one.",
        "note: column 'Mobile': column 'Phone' is the better one for Contact.phone.",
    ] == done.err.splitlines()
    assert "note" not in cli("map", file, "--quiet").err
    assert ["duplicate_header", "same_trait"] == [each["code"] for each in cli("map", file, "--json").json["problems"]]
    file.write_text("City\n")
    assert [
        "warning: no column is mapped to an identifier; map one of email, phone, whatsapp.",
        "warning: fewer than 2 columns are mapped (1); map more.",
    ] == cli("map", file).err.splitlines()


def test_what_the_stream_cannot_encode_is_escaped(
    bare: pytest.MonkeyPatch, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """So that a mapping piped into a file is the same."""
    del capsysbinary
    file = tmp_path / "people.csv"
    file.write_text("Prénom,Nom,E-mail\n", encoding="utf-8")
    with io.TextIOWrapper(io.BytesIO(), encoding="ascii") as stream:
        bare.setattr(sys, "stdout", stream)
        assert 0 == main(["map", str(file)])
        stream.flush()
        (tmp_path / "people.yaml").write_bytes(stream.buffer.getvalue())
    assert {"Prénom": "Contact.firstName", "Nom": "Contact.lastName", "E-mail": "Contact.email"} == columns_of(
        [], str(tmp_path / "people.yaml")
    )


def test_no_value_is_shown(cli: Cli, file: Path, typed: Typed) -> None:
    """To nobody, in no form."""
    for done in (cli("map", file), cli("map", file, "--json", "--verbose")):
        assert SECRET not in done.out + done.err
    assert SECRET not in "".join(map(str, typed([file], "Contact.town")))


def test_somebody_at_a_terminal_is_asked_where_it_is_not_sure(typed: Typed, unsure: Path) -> None:
    """The best of each trait first; who takes it is not asked about the others."""
    code, out, err = typed([unsure], "y", "Contact.town")
    assert 0 == code
    assert err.startswith(
        "Enter takes the answer in capitals; y, n, another Group.trait, or q to leave the rest as comments.\n"
        "Column 'Home Phone' to Contact.phone? (medium: a name for it in English, "
        "but people of one household may share it)\n"
        "  Y/n/Group.trait/q: Column 'Ort' to Contact.city? (medium: may be a name for it in German)\n"
        "  Y/n/Group.trait/q: "
    )
    assert 2 == err.count("?")
    assert "  Home Phone: Contact.phone  # high: as you said\n" in out
    assert "  Ort: Contact.town  # high: as you said\n" in out


@pytest.mark.parametrize(
    ("lines", "mapping"),
    [
        (["", ""], {"Home Phone": "phone", "Ort": "city"}),
        (["n", "YES"], {"Ort": "city"}),
        (["no", "q"], {}),
        (["quit"], {}),
        ([], {}),
        (["n"], {}),
        (["Contact.email", "Contact.homePhone", "y"], {"Home Phone": "homePhone", "Ort": "city"}),
        (["phone", "Contact.", b"\xff", "y", "n"], {"Home Phone": "phone"}),
        ([f"Contact.{'x' * 65}", "y", "n"], {"Home Phone": "phone"}),
    ],
)
def test_answers(typed: Typed, unsure: Path, tmp_path: Path, lines: list[str | bytes], mapping: dict[str, str]) -> None:
    """Enter, words, another target; one that cannot be is asked again; an end of input leaves the rest."""
    output = tmp_path / "people.yaml"
    code, *_ = typed([unsure, "-o", output], *lines)
    expected = {"Email": "Contact.email"} | {name: f"Contact.{trait}" for name, trait in mapping.items()}
    assert (0, expected) == (code, columns_of([], str(output)))


def test_a_wrong_answer_says_what_is_wrong(typed: Typed, unsure: Path) -> None:
    """And why."""
    *_, err = typed([unsure], "Contact.email", "phone", f"Contact.{'x' * 65}", "q")
    assert "error: Columns 'Email' and 'Home Phone' are both mapped to Contact.email; keep one.\n" in err
    assert "error: Column 'Home Phone' is mapped to 'phone'; write Group.trait.\n" in err
    assert "error: A group and a trait have at most 64 characters each.\n" in err


def test_a_refused_suggestion_makes_way_for_the_next(typed: Typed, tmp_path: Path) -> None:
    """A low one is not taken by Enter."""
    file = tmp_path / "people.csv"
    file.write_text("Email,Home Phone,Work Phone\n")
    _, out, err = typed([file], "n", "")
    assert "Column 'Work Phone' to Contact.phone? (low: column 'Home Phone' is the better one for Contact.phone)" in err
    assert "  y/N/Group.trait/q: " in err
    assert "\n  # Work Phone" in out


def test_nobody_is_asked_what_is_sure(typed: Typed, tmp_path: Path) -> None:
    """Not even told how to answer."""
    file = tmp_path / "people.csv"
    file.write_text("Email,City,shoe size\n")
    assert (0, "") == typed([file])[::2]


@pytest.mark.parametrize("option", ["--json", "--yes"])
def test_nobody_is_asked_who_does_not_want_to(typed: Typed, unsure: Path, option: str) -> None:
    """Unsure columns stay comments."""
    code, _, err = typed([unsure, option], "y")
    assert (0, False) == (code, "?" in err)


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_nobody_is_asked_in_a_pipe(bare: pytest.MonkeyPatch, unsure: Path, stream: str) -> None:
    """Whichever of the streams it is that leads elsewhere."""
    with Keyboard("y") as keyboard, io.TextIOWrapper(io.BytesIO(), encoding="utf-8") as pipe:
        streams = {"stdin": keyboard, "stdout": Terminal(), "stderr": Terminal(), stream: pipe}
        for name, each in streams.items():
            bare.setattr(sys, name, each)
        assert 0 == main(["map", str(unsure)])
        assert b"y\n" == keyboard.buffer.read()


def test_nobody_is_asked_whose_input_is_closed(typed: Typed, bare: pytest.MonkeyPatch, unsure: Path) -> None:
    """As a shell closes it: Python has no stream there."""
    typed([unsure])
    bare.setattr(sys, "stdin", None)
    assert 0 == main(["map", str(unsure)])


def read_until(master: int, words: str) -> str:
    """Read what a terminal shows up to these words."""
    shown = b""
    while words.encode() not in shown:
        ready, _, _ = select.select([master], [], [], PATIENCE)
        assert ready, f"it never said {words!r}, but {shown!r}"
        shown += os.read(master, 4096)
    return shown.decode()


def test_at_a_real_terminal(tmp_path: Path, unsure: Path) -> None:
    """It asks, takes answers as they are typed, and writes the file."""
    output = tmp_path / "people.yaml"
    master, slave = os.openpty()
    command = [sys.executable, "-m", "memory_imports", "map", str(unsure), "-o", str(output)]
    env = environment(tmp_path, TERM="dumb", NO_COLOR="1")
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=env) as process:
        try:
            os.close(slave)
            assert "Column 'Home Phone' to Contact.phone?" in read_until(master, "Y/n/Group.trait/q: ")
            os.write(master, b"y\n")
            assert "Column 'Ort' to Contact.city?" in read_until(master, "Y/n/Group.trait/q: ")
            os.write(master, b"Contact.town\n")
            assert SECRET not in read_until(master, "3 of 5 columns mapped")
            assert 0 == process.wait(PATIENCE)
        finally:
            process.kill()
            os.close(master)
    expected = {"Email": "Contact.email", "Home Phone": "Contact.phone", "Ort": "Contact.town"}
    assert expected == columns_of([], str(output))


def test_an_interruption_at_a_question_writes_nothing(tmp_path: Path, unsure: Path) -> None:
    """And ends as one."""
    output = tmp_path / "people.yaml"
    master, slave = os.openpty()
    command = [sys.executable, "-m", "memory_imports", "map", str(unsure), "-o", str(output)]
    env = environment(tmp_path, TERM="dumb", NO_COLOR="1")
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True) as process:
        try:
            os.close(slave)
            read_until(master, "Y/n/Group.trait/q: ")
            process.send_signal(2)
            read_until(master, "Interrupted")
            assert (130, False) == (process.wait(PATIENCE), output.exists())
        finally:
            process.kill()
            os.close(master)
