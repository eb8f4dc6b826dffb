"""Ids, tokens, settings, the account, blobs, the contract file: each on its own."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports_sandbox import SandboxError, Settings, contract, ids, tokens
from memory_imports_sandbox.account import settle
from memory_imports_sandbox.blobs import Blobs, FolderBlobs, MemoryBlobs
from memory_imports_sandbox.database import connect, transaction
from memory_imports_sandbox.messages import problem
from memory_imports_sandbox.tokens import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conftest import Home

STORE = "mem_store_00000000000000000000000000"
OBJECT = "mem_import_00000000000000000000000000"


@settings(deadline=None)
@given(st.integers(0, 2**128 - 1))
def test_ids_are_read_as_they_were_spelled(number: int) -> None:
    """Any number of 128 bits, in the pattern of the contract."""
    spelled = ids.spell("mem_import_", number)
    assert number == ids.read("mem_import_", spelled)
    assert contract.load().problem({"$ref": "#/components/schemas/ImportId"}, spelled, "id") is None


@settings(deadline=None)
@given(st.integers(1, 2**47), st.integers(1, 2**40))
def test_ids_sort_by_time(milliseconds: int, later: int) -> None:
    """Whatever the random part."""
    older = ids.new("x_", milliseconds / 1000, lambda size: b"\xff" * size)
    newer = ids.new("x_", (milliseconds + later + 1) / 1000, lambda size: b"\x00" * size)
    assert older < newer


PLACES = st.builds(Place, order=st.sampled_from(["ASC", "DESC"]), back=st.booleans(), position=st.integers(0, 2**62))


@settings(deadline=None)
@given(PLACES, st.binary(min_size=1))
def test_a_token_is_worth_something_only_with_its_secret(place: Place, secret: bytes) -> None:
    """And leads back to its place."""
    token = tokens.give(secret, place)
    assert place == tokens.take(secret, token)
    assert tokens.take(secret + b"x", token) is None


@settings(deadline=None)
@given(st.text())
def test_a_made_up_token_is_worth_nothing(token: str) -> None:
    """Whatever it looks like."""
    assert tokens.take(b"secret", token) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org", ""])  # noqa: S104 - refused
def test_listening_for_other_machines_must_be_meant(host: str) -> None:
    """Nothing reaches further than this machine by accident."""
    with pytest.raises(SandboxError):
        Settings(host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "LOCALHOST", "127.1.2.3"])
def test_loopback_needs_no_words(host: str) -> None:
    """By any of its names."""
    assert host == Settings(host=host).host


@pytest.mark.parametrize(
    "switch",
    [{"url_style": "sigv5"}, {"delimiter": "::"}, {"rate": 0}, {"port": -1}, {"encoding": "utf-16"}, {"arrays": "yes"}],
)
def test_a_switch_knows_its_values(switch: dict[str, Any]) -> None:
    """A typing error is not a setting."""
    with pytest.raises(ValueError, match=next(iter(switch))):
        Settings(**switch)


def test_the_account_is_made_up_once() -> None:
    """What is kept wins over something new, what is set over what is kept."""
    connection = connect()
    first = settle(Settings(), connection, lambda size: b"1" * size, 0.0)
    second = settle(Settings(), connection, lambda size: b"2" * size, 1.0)
    third = settle(Settings(username="SK1", password="secret"), connection, lambda size: b"3" * size, 2.0)
    connection.close()
    assert first == second
    assert ("SK1", "secret", first.store_id, first.keys) == (third.username, third.password, third.store_id, third.keys)


def test_a_database_belongs_to_one_store() -> None:
    """Naming another one is a mistake that would mix their imports."""
    connection = connect()
    settle(Settings(store_id=STORE), connection, lambda size: b"1" * size, 0.0)
    with pytest.raises(SandboxError, match=STORE):
        settle(Settings(store_id=STORE.replace("0", "1")), connection, lambda size: b"1" * size, 0.0)
    connection.close()


def test_a_store_id_that_the_contract_does_not_allow_is_refused_at_the_start(make_home: Callable[..., Home]) -> None:
    """Rather than with every request."""
    with pytest.raises(SandboxError, match="mem_shop_1"):
        make_home(store_id="mem_shop_1")


def test_a_transaction_is_all_or_nothing() -> None:
    """Whatever interrupts it."""
    connection = connect()

    def interrupted() -> None:
        with transaction(connection):
            connection.execute("INSERT INTO facts VALUES ('a', 'b')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [] == connection.execute("SELECT * FROM facts").fetchall()
    connection.close()


@pytest.mark.parametrize("kind", ["memory", "folder"])
def test_an_object_is_whole_or_not_there(kind: str, tmp_path: Path) -> None:
    """Both kinds of blobs do the same."""
    blobs: Blobs = MemoryBlobs() if kind == "memory" else FolderBlobs(tmp_path)
    sink = blobs.begin(OBJECT)
    sink.write(b"one ")
    assert (None, []) == (blobs.size(OBJECT), blobs.names())
    sink.write(b"two")
    sink.keep()
    with blobs.read(OBJECT) as file:
        assert b"one two" == file.read()
    other = blobs.begin(OBJECT)
    other.write(b"three")
    other.drop()
    assert (7, [OBJECT]) == (blobs.size(OBJECT), blobs.names())
    blobs.remove(OBJECT)
    blobs.remove(OBJECT)
    assert blobs.size(OBJECT) is None


@pytest.mark.parametrize("kind", ["memory", "folder"])
def test_a_new_object_does_not_disturb_who_reads_the_old_one(kind: str, tmp_path: Path) -> None:
    """It takes the name at once; what is open stays as it was."""
    blobs: Blobs = MemoryBlobs() if kind == "memory" else FolderBlobs(tmp_path)
    old, new = blobs.begin(OBJECT), blobs.begin(OBJECT)
    old.write(b"old")
    old.keep()
    new.write(b"newer")
    with blobs.read(OBJECT) as file:
        new.keep()
        assert b"old" == file.read()
    assert len(b"newer") == blobs.size(OBJECT)


def test_a_message_is_never_longer_than_the_contract_allows() -> None:
    """Whatever it says."""
    reply = json.loads(problem(400, "x" * 5000).body)
    assert contract.load().problem({"$ref": "#/components/schemas/Error"}, reply, "error") is None


def test_files_are_for_their_owner_and_leftovers_go(tmp_path: Path) -> None:
    """What a killed process was writing is of no use to anybody."""
    sink = FolderBlobs(tmp_path).begin(OBJECT)
    sink.write(b"one")
    unfinished = next((tmp_path / "unfinished").iterdir())
    assert 0 == unfinished.stat().st_mode & 0o077
    FolderBlobs(tmp_path)
    assert not unfinished.exists()
    sink.drop()


@pytest.mark.parametrize("text", ["", "[]", "openapi: 3.0.3", "{", "openapi: 3.0.3\nx-csv-rules: {}\npaths: {}"])
def test_a_file_that_is_no_specification_is_named(text: str, tmp_path: Path) -> None:
    """In one sentence."""
    file = tmp_path / "spec.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SandboxError, match=r"spec\.yaml is not a specification"):
        contract.load(file)


def test_a_missing_specification_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both the file and the package that should carry it."""
    with pytest.raises(SandboxError, match="nowhere"):
        contract.load(tmp_path / "nowhere.yaml")
    monkeypatch.setattr(contract, "find_spec", lambda _: None)
    with pytest.raises(SandboxError, match="memory_imports_api"):
        contract.load()


def test_a_specification_of_the_next_openapi_is_understood(tmp_path: Path) -> None:
    """3.1 speaks JSON Schema itself; 3.0 says `nullable`."""
    text = contract.packaged().read_text(encoding="utf-8")
    newer = tmp_path / "newer.yaml"
    newer.write_text(text.replace("openapi: 3.0.3", "openapi: 3.1.0"), encoding="utf-8")
    nullable = tmp_path / "nullable.yaml"
    nullable.write_text(text.replace("nullable: false", "nullable: true"), encoding="utf-8")
    schema = {"$ref": "#/components/schemas/ListMeta"}
    for file, value, allowed in ((newer, None, False), (nullable, None, True), (nullable, "x", True)):
        wrong = contract.load(file).problem(schema, {"key": value}, "meta")
        assert allowed is (wrong is None), wrong


def test_the_witness_is_independent() -> None:
    """No module of the sandbox imports the wrapper, the generated client, or a library that it did not declare."""
    declared = {"attrs", "jsonschema", "starlette", "uvicorn", "yaml", "memory_imports_sandbox"}
    modules = list(Path(str(contract.__file__)).parent.rglob("*.py"))
    found = set()
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add(str(node.module).partition(".")[0])
    assert len(modules) > 20
    assert declared == found - sys.stdlib_module_names
