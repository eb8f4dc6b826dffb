"""The data folder: what no sandbox made is neither used nor changed nor removed, and is told in one sentence."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from memory_imports_sandbox import SandboxError, Settings, database, folder, running
from memory_imports_sandbox.blobs import FolderBlobs

OBJECT = "mem_import_00000000000000000000000000"


def refused(data: Path) -> str:
    """The sentence with which a sandbox does not start on the folder."""
    with pytest.raises(SandboxError) as caught, running(Settings(data=data)):
        pytest.fail("it started")
    return str(caught.value)


def names(place: Path) -> set[str]:
    """Of all that lies in a folder."""
    return {path.name for path in place.iterdir()}


@pytest.mark.parametrize("name", ["unfinished", "objects"])
def test_a_persons_own_folder_of_that_name_is_left_alone(tmp_path: Path, name: str) -> None:
    """Where no sandbox has been, it is not a sandbox's, however it is called."""
    (tmp_path / name).mkdir(mode=0o755)
    (tmp_path / name / "chapter1.tex").write_text("thesis")
    (tmp_path / name / f"{OBJECT}.1").write_text("thesis")
    before = (tmp_path / name).stat().st_mode
    assert "was not made by a sandbox" in refused(tmp_path)
    assert {"chapter1.tex", f"{OBJECT}.1"} == names(tmp_path / name)
    assert before == (tmp_path / name).stat().st_mode
    assert {name} == names(tmp_path)


@pytest.mark.parametrize("known", [True, False], ids=["of a sandbox", "new"])
@pytest.mark.parametrize(
    "name", ["unfinished", "objects", "sandbox.sqlite3", "sandbox.sqlite3-wal", "sandbox.sqlite3-journal"]
)
def test_no_link_leads_out_of_the_folder(tmp_path: Path, name: str, known: bool) -> None:  # noqa: FBT001 - pytest names it
    """Whoever may write there could choose what is removed or written for another."""
    data, outside = tmp_path / "data", tmp_path / "outside"
    outside.mkdir()
    (outside / f"{OBJECT}.1").write_text("gold")
    data.mkdir()
    if known:
        with running(Settings(data=data)):
            pass
    place = data / name
    if place.is_dir():
        place.rmdir()
    place.unlink(missing_ok=True)
    place.symlink_to(outside if "." not in name else outside / f"{OBJECT}.1")
    assert "a link or something else is in its place" in refused(data)
    assert {f"{OBJECT}.1"} == names(outside)
    assert "gold" == (outside / f"{OBJECT}.1").read_text()


@pytest.mark.parametrize("name", ["unfinished", "objects", "sandbox.sqlite3"])
def test_what_another_user_laid_there_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """They could read what is put into it, or change it."""
    with running(Settings(data=tmp_path)):
        pass
    mine = folder.DATABASE if name != folder.DATABASE else folder.WHOLE
    me = (tmp_path / mine).stat().st_uid
    look = Path.lstat

    def seen(path: Path) -> os.stat_result:
        found = list(look(path))
        found[4] = me + (path.name == name)
        return os.stat_result(found)

    monkeypatch.setattr(Path, "lstat", seen)
    assert f"{tmp_path / name} is not used, because it belongs to another user" in refused(tmp_path)


def test_only_what_a_sandbox_left_is_swept(tmp_path: Path) -> None:
    """Files that are called otherwise, and whatever is no file, stay; none is taken for an object either."""
    with running(Settings(data=tmp_path)):
        pass
    kept = {"chapter1.tex", f"{OBJECT}.tex", ".1", f"{OBJECT}.2", f"{OBJECT}.3"}
    for place in (tmp_path / "unfinished", tmp_path / "objects"):
        for name in ("chapter1.tex", f"{OBJECT}.tex", ".1", f"{OBJECT}.1"):
            (place / name).write_text("x")
        (place / f"{OBJECT}.2").mkdir()
        (place / f"{OBJECT}.3").symlink_to(place / "chapter1.tex")
    with running(Settings(data=tmp_path)):
        assert [] == FolderBlobs(tmp_path).names()
    assert kept == names(tmp_path / "unfinished")
    assert {*kept, f"{OBJECT}.1"} == names(tmp_path / "objects")


@pytest.mark.parametrize("made", ["text", "facts", "imports"])
def test_a_database_that_is_none_is_one_sentence(tmp_path: Path, made: str) -> None:
    """A text, and a database of somebody else's that has tables of these names."""
    path = tmp_path / "sandbox.sqlite3"
    if made == "text":
        path.write_text("this is no database at all, " * 100)
    else:
        connection = sqlite3.connect(path)
        connection.execute(f"CREATE TABLE {made} (id)")
        connection.close()
    assert f"{path} is damaged, or no database of a sandbox; name another folder for the data." == refused(tmp_path)


def test_a_full_disk_is_not_told_as_another_sandbox(tmp_path: Path) -> None:
    """But in the words of SQLite."""
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    expected = f"The database {tmp_path} cannot be written (database or disk is full)."
    assert expected == str(database.refused(full, tmp_path))


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, say, once the database is there."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", full)
        with pytest.raises(SandboxError, match="cannot be made: No space left on device"):
            FolderBlobs(tmp_path)


def test_credentials_that_were_given_are_not_kept(tmp_path: Path) -> None:
    """They may be a real account's; the next start without any has its own again."""
    with running(Settings(data=tmp_path, username="SKreal", password="REALsecretXYZ")) as given:
        assert "REALsecretXYZ" == given.password
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"mem_store_" in held
    assert [] == [word for word in (b"SKreal", b"REALsecretXYZ") if word in held]
    with running(Settings(data=tmp_path)) as first:
        assert given.store_id == first.store_id
        assert given.password != first.password
    with running(Settings(data=tmp_path)) as second:
        assert (first.username, first.password) == (second.username, second.password)
