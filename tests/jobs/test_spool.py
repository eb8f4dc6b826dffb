"""Private copies: for their owner alone, gone at the end, and swept where a run was killed."""

import stat
from importlib import import_module
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
from filelock import FileLock

from memory_imports.errors import JobConflict
from memory_imports.jobs import spool

# Its name in the package is that of the function.
module = import_module("memory_imports.jobs.spool")


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Where the journal would be."""
    return tmp_path / "state" / "journal.sqlite3"


def test_a_spool_is_its_owners_alone_and_leaves_nothing(journal: Path) -> None:
    """Whatever ends the run."""
    with spool(journal) as folder:
        (folder / "000001.csv").write_text("secret")
        assert 0o700 == stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folder.parent.stat().st_mode)
    with pytest.raises(ZeroDivisionError), spool(journal):
        raise ZeroDivisionError
    assert [] == list(folder.parent.iterdir())


def test_what_a_killed_run_left_is_swept_and_what_is_in_use_is_not(journal: Path) -> None:
    """The lock tells them apart: it ends with its process."""
    with spool(journal) as used:
        (used / "000001.csv").write_text("in use")
        killed = used.parent / "killed"
        killed.mkdir()
        (killed / "000001.csv").write_text("left")
        killed.with_suffix(".lock").touch()
        with spool(journal) as third:
            assert {used, third} == {path for path in used.parent.iterdir() if path.is_dir()}
            assert "in use" == (used / "000001.csv").read_text()


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """With the way on."""
    (tmp_path / "state").write_text("a file")
    with (
        pytest.raises(JobConflict, match=r"cannot be kept in .*spool .*; name a journal"),
        spool(tmp_path / "state" / "journal"),
    ):
        pytest.fail("there is no spool")


def test_a_place_that_knows_no_locks_is_one_sentence(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a lock a copy would be swept while it is in use."""

    def fail(_: object) -> None:
        raise NotImplementedError("no locks here")

    monkeypatch.setattr(FileLock, "acquire", fail)
    with pytest.raises(JobConflict, match="no locks here"), spool(journal):
        pytest.fail("there is no spool")


def test_a_folder_that_others_could_look_into_is_closed_to_them(journal: Path) -> None:
    """And so is the one around it, where this run makes it."""
    folder = journal.parent / "spool"
    with spool(journal):
        assert 0o700 == stat.S_IMODE(journal.parent.stat().st_mode)
    folder.chmod(0o777)
    with spool(journal):
        assert 0o700 == stat.S_IMODE(folder.stat().st_mode)


def test_a_folder_that_somebody_else_laid_there_is_not_used(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a link, or as its owner, they could put other people's rows in place of ours."""
    journal.parent.mkdir()
    (journal.parent / "spool").symlink_to(tmp_path)
    with pytest.raises(JobConflict, match="what is there is something else"), spool(journal):
        pytest.fail("a link was followed")
    monkeypatch.setattr("memory_imports.jobs.places._me", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(JobConflict, match="it belongs to another user"), spool(tmp_path / "journal.sqlite3"):
        pytest.fail("another user's folder was used")


def test_runs_that_begin_at_once_do_not_sweep_each_other(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that is there and not held yet is no killed run's: whoever sweeps waits until it is held."""
    made: list[Path] = []
    sweep = module._sweep  # noqa: SLF001 - to stop there

    def slowly(root: Path) -> None:
        other = Thread(target=begin)
        sweep(root)
        if not made:
            made.append(root)
            other.start()
            other.join(0.2)
            assert other.is_alive()

    def begin() -> None:
        with spool(journal) as folder:
            made.append(folder)

    monkeypatch.setattr(module, "_sweep", slowly)
    with spool(journal) as folder:
        for _ in range(500):
            if len(made) > 1:
                break
            sleep(0.01)
        assert folder.is_dir()
    assert 2 == len(made)
