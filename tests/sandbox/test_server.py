"""Starting and ending: folder, port, signals, and what stands in the way."""

from __future__ import annotations

import os
import signal
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

from memory_imports_sandbox import SandboxError, Settings, running
from memory_imports_sandbox import serve as serve_here

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from memory_imports_sandbox import Announcement

    Serve = Callable[..., tuple[subprocess.Popen[str], Announcement]]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(serve: Serve, number: signal.Signals) -> None:
    """Exit code 0, nothing on standard error, and the temporary folder is gone."""
    process, at = serve()
    assert 401 == requests.get(at.base_url, timeout=10).status_code
    folders = [link.readlink() for link in Path(f"/proc/{process.pid}/fd").iterdir() if link.is_symlink()]
    database = next(path for path in folders if path.name == "sandbox.sqlite3")
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert (0, "") == (process.returncode, errors)
    assert not database.parent.exists()


def test_serving_gives_the_signals_back() -> None:
    """Whoever calls `serve` has their own handlers again afterwards."""
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    announced = []

    def use(at: Announcement) -> None:
        announced.append(requests.get(at.base_url, timeout=10).status_code)
        os.kill(os.getpid(), signal.SIGTERM)

    threads = []

    def announce(at: Announcement) -> None:
        threads.append(threading.Thread(target=use, args=(at,)))
        threads[0].start()

    serve_here(Settings(), announce)
    threads[0].join()
    assert [401] == announced
    assert before == [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]


def test_a_signal_does_not_wait_for_a_slow_upload(
    serve: Serve,
) -> None:
    """Requests in flight get a moment, not for ever."""
    process, at = serve()
    auth = (at.username, at.password)
    mappings = [{"columnName": name, "traitGroup": "Contact", "traitName": name} for name in ("email", "phone")]
    created = requests.post(
        f"{at.base_url}/v1/Stores/{at.store_id}/Profiles/Imports",
        json={"filename": "a", "fileSize": 10, "columnMappings": mappings},
        auth=auth,
        timeout=10,
    ).json()
    host, _, port = at.base_url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as wire:
        target = created["url"].removeprefix(at.base_url)
        wire.sendall(f"PUT {target} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 10\r\n\r\nx".encode())
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert (0, "") == (process.returncode, errors)


def test_a_folder_keeps_everything_for_the_next_start(tmp_path: Path) -> None:
    """Store, credentials and imports; readable by their owner only."""
    with running(Settings(data=tmp_path / "new" / "folder")) as first:
        pass
    with running(Settings(data=tmp_path / "new" / "folder")) as second:
        answer = requests.get(f"{second.base_url}/_sandbox/imports", auth=(first.username, first.password), timeout=10)
    assert 200 == answer.status_code
    assert (first.store_id, first.username, first.password) == (second.store_id, second.username, second.password)
    assert 0 == (tmp_path / "new" / "folder").stat().st_mode & 0o077


def test_the_settings_decide_store_and_credentials() -> None:
    """As the environment of the command line gives them."""
    store = "mem_service_00000000000000000000000001"
    with running(Settings(store_id=store, username="AC1", password="token")) as at:
        url = f"{at.base_url}/v1/Stores/{store}/Profiles/Imports"
        assert 200 == requests.get(url, auth=("AC1", "token"), timeout=10).status_code
    assert (store, "AC1", "token") == (at.store_id, at.username, at.password)


def test_the_last_address_of_the_next_protocol_will_do() -> None:
    """An IPv6 loopback gets its brackets."""
    with running(Settings(host="::1")) as at:
        assert at.base_url.startswith("http://[::1]:")
        assert 401 == requests.get(at.base_url, timeout=10).status_code


def test_an_answer_in_two_pieces_does_not_wait_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each takes 40 ms: the first piece waits to be acknowledged, and the client for the second."""
    told: list[tuple[str, int, int]] = []
    tell = socket.socket.setsockopt

    def listen_in(self: socket.socket, level: int, option: int, value: int) -> None:
        told.append((threading.current_thread().name, level, option))
        tell(self, level, option, value)

    monkeypatch.setattr(socket.socket, "setsockopt", listen_in)
    with running(Settings()) as at:
        assert 401 == requests.get(at.base_url, timeout=10).status_code
    assert ("sandbox server", socket.IPPROTO_TCP, socket.TCP_NODELAY) in told


def test_what_stands_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    """A port that is taken, a folder that is in use, a file where the folder should be."""
    (tmp_path / "file").write_text("")
    with running(Settings(data=tmp_path / "folder")) as at:
        port = int(at.base_url.rpartition(":")[2])
        for settings, words in (
            (Settings(port=port), f"port {port}"),
            (Settings(data=tmp_path / "folder"), "in use by another sandbox"),
            (Settings(data=tmp_path / "file"), "cannot be made"),
        ):
            with pytest.raises(SandboxError, match=words), running(settings):
                pass


def test_its_data_is_its_owners_alone_even_in_a_folder_for_all(tmp_path: Path) -> None:
    """The password and the profiles lie there; what an older one left open is closed."""
    tmp_path.chmod(0o755)
    (tmp_path / "sandbox.sqlite3").touch(mode=0o644)
    (tmp_path / "sandbox.sqlite3").chmod(0o644)
    with running(Settings(data=tmp_path)):
        found = [path for path in tmp_path.rglob("*") if path.stat().st_mode & 0o077]
        assert len(list(tmp_path.iterdir())) > 2
    assert [] == found


def test_a_link_in_place_of_its_data_is_not_followed(tmp_path: Path) -> None:
    """It might lead to anything."""
    (tmp_path / "sandbox.sqlite3").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SandboxError, match="a link or something else"), running(Settings(data=tmp_path)):
        pytest.fail("it was followed")
    assert not (tmp_path / "elsewhere").exists()
