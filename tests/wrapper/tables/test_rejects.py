"""The rejects file: private, whole or not there, and never in the place of what is imported."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from memory_imports.errors import InvalidRequest
from memory_imports.tables.rejects import Rejects

OLD = "file,row,line,problems,e\nold.csv,1,2,nul,x\n"
TAKEN = r"is there already and holds something else; give rejected rows another file\."


def test_rows_come_with_their_place_and_their_reasons(tmp_path: Path) -> None:
    """Each reason once; no cell that a spreadsheet would run; the header again only where it is another."""
    path = tmp_path / "rejects.csv"
    with Rejects(path, ["people.csv"]) as rejects:
        rejects.begin(("e", "n"))
        rejects.add(("people.csv", 1, 2), ["blank_cell", "blank_cell", "nul"], ["", "=1+1"])
        rejects.begin(("e", "n"))
        rejects.add(("more.csv", 5, 9), ["long_cell"], ['x\n"y"', "\udc80"])
        rejects.begin(("x",))
        assert not path.exists()
        rejects.keep()
    assert (
        "file,row,line,problems,e,n\n"
        "people.csv,1,2,blank_cell nul,,'=1+1\n"
        'more.csv,5,9,long_cell,"x\n""y""",\\udc80\n'
        "file,row,line,problems,x\n"
    ) == path.read_text()
    assert 0o600 == path.stat().st_mode & 0o777
    assert [path] == list(tmp_path.iterdir())


def test_rows_that_are_rejected_once_more_have_their_new_reasons_alone(tmp_path: Path) -> None:
    """What is mended in rounds keeps one place and one reason a row, and columns that can be imported."""
    path = tmp_path / "rejects.csv"
    with Rejects(path, ["mended.csv"]) as rejects:
        rejects.begin(("file", "row", "line", "problems", "e", "n"))
        rejects.add(("mended.csv", 1, 2), ["phone"], ["people.csv", "17", "18", "email", "x", "Ann"])
        rejects.keep()
    assert "file,row,line,problems,e,n\nmended.csv,1,2,phone,x,Ann\n" == path.read_text()


def test_nothing_is_left_where_it_is_not_kept(tmp_path: Path) -> None:
    """What stood there before still does."""
    path = tmp_path / "rejects.csv"
    path.write_text(OLD)
    with pytest.raises(KeyError), Rejects(path, []):
        raise KeyError
    assert OLD == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_what_is_no_file_is_left_as_it_is(tmp_path: Path) -> None:
    """A link is not followed, and a device is not replaced: an administrator would lose it for everybody."""
    target = tmp_path / "precious"
    target.write_text("precious")
    (tmp_path / "link.csv").symlink_to(target)
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "link.csv", tmp_path / "pipe.csv", Path(os.devnull)):
        with pytest.raises(InvalidRequest, match="cannot be written: What is there is no regular file"):
            Rejects(path, [])
    assert (True, "precious") == ((tmp_path / "link.csv").is_symlink(), target.read_text())


def test_a_file_that_others_could_read_is_replaced_by_one_that_they_cannot(tmp_path: Path) -> None:
    """Who had opened it before goes on reading the old one."""
    path = tmp_path / "rejects.csv"
    path.touch(mode=0o666)
    path.chmod(0o666)
    with Rejects(path, []) as rejects:
        rejects.keep()
    assert 0o600 == path.stat().st_mode & 0o777


@pytest.mark.parametrize(
    "content", ["columns:\n  email: Contact.email\n", "file,row\n", "e,file,row,line,problems\n", "\n"]
)
def test_what_others_have_written_is_not_replaced(tmp_path: Path, content: str) -> None:
    """A mapping, a file of other customers: found before a row is read, and once more before it would be gone."""
    path = tmp_path / "precious"
    with pytest.raises(InvalidRequest, match=TAKEN), Rejects(path, []) as rejects:  # noqa: PT012 - the second line is what is tried
        path.write_text(content)
        rejects.keep()
    with pytest.raises(InvalidRequest, match=TAKEN):
        Rejects(path, [])
    assert ([path], content) == ([*tmp_path.iterdir()], path.read_text())


@pytest.mark.parametrize("name", ["e", "carriage\rreturn"])
def test_an_earlier_one_is_replaced_as_is_an_empty_file(tmp_path: Path, name: str) -> None:
    """So that the same command can be run again; the second header is spelled with quotes throughout."""
    path = tmp_path / "rejects.csv"
    path.touch()
    for row in (1, 2):
        with Rejects(path, []) as rejects:
            rejects.begin((name,))
            rejects.add(("people.csv", row, row + 1), ["nul"], ["x"])
            rejects.keep()
        assert path.read_text().endswith(f"\npeople.csv,{row},{row + 1},nul,x\n")


def test_what_cannot_be_read_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may write in a folder need not be able to see what is lost."""
    path = tmp_path / "rejects.csv"
    path.write_text(OLD)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InvalidRequest, match=TAKEN):
        Rejects(path, [])


def test_a_source_is_never_replaced(tmp_path: Path) -> None:
    """By whatever name it is called."""
    source, link = tmp_path / "people.csv", tmp_path / "link.csv"
    source.write_text("e\n")
    link.symlink_to(source)
    for path in (source, link, tmp_path / "." / "people.csv"):
        with pytest.raises(InvalidRequest, match=r"is what is to be imported; give rejected rows another file\."):
            Rejects(path, ["other.csv", str(source)])


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Before the first row is read."""
    with pytest.raises(InvalidRequest, match=r"is a folder; give rejected rows a file\."):
        Rejects(tmp_path, [])
    with pytest.raises(InvalidRequest, match="cannot be written: File name too long"):
        Rejects(tmp_path / ("r" * 300), [])
    with pytest.raises(InvalidRequest, match=r"nowhere/r\.csv cannot be written: No such file or directory\."):
        Rejects(tmp_path / "nowhere" / "r.csv", [])


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_named_wherever_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a row, at the end, and when what is left is given up."""
    full = pytest.raises(InvalidRequest, match=r"r\.csv cannot be written: No space left on device\.")
    with full, Rejects(tmp_path / "r.csv", []) as rejects:
        monkeypatch.setattr(rejects, "_writer", SimpleNamespace(writerow=_full))
        rejects.begin(("e",))
    with full, Rejects(tmp_path / "r.csv", []) as rejects:
        monkeypatch.setattr(Path, "replace", _full)
        rejects.keep()
    with full, Rejects(tmp_path / "r.csv", []) as rejects:
        rejects._file.out.close()  # noqa: SLF001 - a stand-in takes its place
        monkeypatch.setattr(rejects._file, "out", SimpleNamespace(close=_full))  # noqa: SLF001 - the same
    with pytest.raises(KeyError), Rejects(tmp_path / "r.csv", []) as rejects:  # noqa: PT012 - leaving the second is what is tried
        rejects._file.out.close()  # noqa: SLF001 - a stand-in takes its place
        monkeypatch.setattr(rejects._file, "out", SimpleNamespace(close=_full))  # noqa: SLF001 - the same
        raise KeyError
    assert [] == list(tmp_path.iterdir())
