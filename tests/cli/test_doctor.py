"""`doctor`: each thing that can be wrong is named, with what to do; nothing secret is told; the exit code says it."""

import json
import os
import re
import shutil
import socket
import ssl
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from inspect import unwrap
from pathlib import Path
from threading import Thread
from time import sleep
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

import memory_imports_sandbox as package
from memory_imports import _probe
from memory_imports.cli.checkup import machine
from memory_imports.cli.extras import NEEDED
from memory_imports.jobs import Job, Journal, default_path
from tests.cli.conftest import Cli
from tests.cli.program import Ended, access, environment, ran
from tests.support.authority import Authority
from tests.support.replies import SECRET, STORE, USER, answer, error, page
from tests.support.server import Server
from tests.support.wire import Answer, Script

GIB = 1024**3
Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def usual(monkeypatch: Patch) -> None:
    """No proxy, no certificates but the usual ones; other tests read these once for all of them."""
    monkeypatch.setattr(httpx, "create_ssl_context", unwrap(httpx.create_ssl_context))
    for name in ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def verdicts(done: Ended) -> dict[str, str]:
    """Return what came of each check."""
    return {check["check"]: check["verdict"] for check in done.json["checks"]}


def said(done: Ended, name: str) -> str:
    """Return what one check says, with its advice."""
    (check,) = (check for check in done.json["checks"] if check["check"] == name)
    return f"{check['message']} | {check['advice']}"


@contextmanager
def scripted(patch: Patch, *answers: Answer, tls: ssl.SSLContext | None = None) -> Iterator[None]:
    """Lead the command line to a script."""
    with Server(Script(answers), tls=tls) as server:
        told = SimpleNamespace(username=USER, password=SECRET, store_id=STORE, base_url=server.base)
        for name, value in access(told).items():
            patch.setenv(name, value)
        yield


@contextmanager
def dripping() -> Iterator[str]:
    """Serve one connection with a head that never ends, until the client hangs up; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=_drip, args=(listener,))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def _drip(listener: socket.socket) -> None:
    with listener.accept()[0] as connection, suppress(OSError):
        connection.sendall(b"HTTP/1.1 404 Not Found\r\nx-a: ")
        while True:
            connection.sendall(b"a")
            sleep(0.02)


def now(ahead: float = 0) -> dict[str, str]:
    """Return the header with which a service tells its time, so many seconds ahead of ours."""
    return {"date": format_datetime(datetime.now(UTC) + timedelta(seconds=ahead), usegmt=True)}


def head(**headers: str) -> Answer:
    """Return the answer to the request that asks for nothing."""
    return Answer(status=404, headers=headers or now())


def test_all_is_well_with_a_sandbox(cli: Cli, service: package.Announcement) -> None:
    """Every check in its order, all of them ok, and a ticket with the id of the one request."""
    done = cli("doctor", "--json")
    assert (0, "completed", None) == (done.code, done.json["outcome"], done.json["error"])
    expected = ["version", "extras", "environment", "configuration", "proxy", "connection", "clock"]
    assert dict.fromkeys([*expected, "credentials", "store", "journal", "disk"], "ok") == verdicts(done)
    ticket = done.json["ticket"]
    assert (service.store_id, "127.0.0.1", []) == (ticket["store_id"], ticket["host"], ticket["errors"])
    assert 1 == len(ticket["request_ids"])
    assert "plain text, which does not leave this machine" in said(done, "connection")


def test_it_reads_well(cli: Cli) -> None:
    """A line for each check, then what to paste."""
    done = cli("doctor")
    lines = done.out.splitlines()
    assert ["check", "verdict", "what"] == lines[0].split()
    assert all(line.split()[1] == "ok" for line in lines[1:12])
    assert ["", "For a support ticket:"] == lines[12:14]
    assert "  errors: none" in lines


def test_no_value_of_the_environment_is_told(people: Path, tmp_path: Path) -> None:
    """Of a process of its own, in either form: names of variables, no secrets, no one's proxy password."""
    with package.running(package.Settings()) as service:
        env = environment(tmp_path, **access(service), HTTPS_PROXY="http://me:pa55word@proxy.example")
        shown = [ran("doctor", *words, env=env) for words in ((), ("--json",), ("--verbose",))]
    text = "".join(done.out + done.err for done in shown)
    assert [0, 0, 0] == [done.code for done in shown]
    assert [] == [value for value in (service.username, service.password, "pa55word", people.name) if value in text]
    assert "TWILIO_API_SECRET" in text


def test_refused_credentials_end_with_4(cli: Cli, bare: Patch) -> None:
    """They are named with what the vendor said, and the ticket has its code and the request's id."""
    bare.setenv("TWILIO_API_SECRET", "wrong")
    done = cli("doctor", "--json")
    assert (4, "CredentialsRefused", "problem") == (
        done.code,
        done.json["error"]["kind"],
        verdicts(done)["credentials"],
    )
    assert re.search(r"\. Request id \w+\. \| check the SID and the secret, that", said(done, "credentials"))
    assert "Check the API key" not in said(done, "credentials")
    assert ["CredentialsRefused status 401 code 20003"] == done.json["ticket"]["errors"]
    assert [done.json["error"]["request_id"]] == done.json["ticket"]["request_ids"]
    assert "store" not in verdicts(done)


def test_nobody_there_ends_with_1(cli: Cli) -> None:
    """What is here is looked at all the same."""
    done = cli("doctor", "--json", "--base-url", "http://127.0.0.1:1")
    assert (1, "ConnectionLost") == (done.code, done.json["error"]["kind"])
    assert "No answer from 127.0.0.1, port 1: " in said(done, "connection")
    assert "check the network" in said(done, "connection")
    assert {"journal", "disk"} < set(verdicts(done))
    assert "clock" not in verdicts(done)


def test_a_store_that_is_not_there_ends_with_1(cli: Cli) -> None:
    """The credentials are good."""
    done = cli("doctor", "--json", "--store", "mem_store_" + 26 * "3")
    assert (1, "NotFound") == (done.code, done.json["error"]["kind"])
    assert ("ok", "problem") == (verdicts(done)["credentials"], verdicts(done)["store"])
    assert "TWILIO_MEMORY_STORE_ID" in said(done, "store")
    assert 1 == said(done, "store").count("heck")


def test_a_malformed_store_ends_with_2(cli: Cli) -> None:
    """Nobody need be asked."""
    done = cli("doctor", "--json", "--store", "my-store")
    assert (2, "problem") == (done.code, verdicts(done)["store"])


def test_missing_configuration_ends_with_2(alone: Cli, bare: Patch, service: package.Announcement) -> None:
    """Who answers and what time it is there can be seen without credentials."""
    bare.setenv("TWILIO_MEMORY_BASE_URL", service.base_url)
    bare.setenv("TWILIO_API_KEY", service.username)
    done = alone("doctor", "--json", "--store", service.store_id)
    assert (2, "CredentialsMissing") == (done.code, done.json["error"]["kind"])
    assert "set TWILIO_API_SECRET, too" in said(done, "environment")
    assert ("problem", "ok", "ok") == tuple(verdicts(done)[name] for name in ("configuration", "connection", "clock"))
    assert [service.store_id] * 2 == [done.json["store_id"], done.json["ticket"]["store_id"]]


def test_nothing_at_all_is_configured(alone: Cli) -> None:
    """A base URL that credentials may not be sent to is not asked either."""
    done = alone("doctor", "--json", "--base-url", "http://service.example")
    assert (2, None, None) == (done.code, done.json["ticket"]["host"], done.json["ticket"]["store_id"])
    assert "connection" not in verdicts(done)
    assert "none of ours is set" in said(done, "environment")


def test_of_two_pairs_it_says_which_is_used(cli: Cli, bare: Patch) -> None:
    """The keys before the account."""
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        bare.setenv(name, "x")
    assert "TWILIO_API_KEY and TWILIO_API_SECRET are used" in said(cli("doctor", "--json"), "environment")


@pytest.mark.parametrize(
    ("ahead", "verdict", "words"),
    [
        (0, "ok", "as the service's"),
        (20, "ok", "seconds behind the service's"),
        (200, "warning", "seconds behind the service's"),
        (-200, "warning", "seconds ahead of the service's"),
        (5000, "problem", "NTP"),
    ],
)
def test_a_skewed_clock_is_measured(alone: Cli, bare: Patch, ahead: float, verdict: str, words: str) -> None:
    """A little is nothing, minutes are a warning, a quarter of an hour spoils signatures."""
    with scripted(bare, head(**now(ahead)), page()):
        done = alone("doctor", "--json")
    assert verdict == verdicts(done)["clock"]
    assert words in said(done, "clock")
    assert (1 if verdict == "problem" else 0) == done.code
    if verdict == "problem":
        assert ("UnhealthyError", "failed") == (done.json["error"]["kind"], done.json["outcome"])


def test_a_service_that_tells_no_time_is_a_warning(alone: Cli, bare: Patch) -> None:
    """Nothing is known of the clock."""
    with scripted(bare, Answer(status=404), page()):
        done = alone("doctor", "--json")
    assert (0, "warning") == (done.code, verdicts(done)["clock"])


@pytest.mark.parametrize(
    ("told", "code", "name", "verdict", "advice", "listed"),
    [
        (
            *([error(20429, 429)] * 2, 0, "service", "warning", "other work on the account"),
            "RateLimited status 429 code 20429",
        ),
        (
            *([error(20500, 500)] * 2, 1, "service", "problem", "try again later"),
            "ServiceUnavailable status 500 code 20500",
        ),
        ([answer(200, {"imports": 1})], 1, "service", "problem", "drift live", "ContractBroken status 200"),
        (
            *([error(520042, 400)], 1, "store", "problem", "try again in a few minutes"),
            "BadRequest status 400 code 520042",
        ),
        (
            *([error(520041, 404)], 1, "store", "problem", "whose credentials these are"),
            "NotFound status 404 code 520041",
        ),
    ],
)
def test_each_answer_of_the_service_is_explained(  # noqa: PLR0917 - pytest passes them by name
    alone: Cli, bare: Patch, told: list[Answer], code: int, name: str, verdict: str, advice: str, listed: str
) -> None:
    """Busy, broken, moved, not yet there or not at all; the ticket has its codes."""
    with scripted(bare, head(), *told):
        done = alone("doctor", "--json")
    assert (code, verdict) == (done.code, verdicts(done)[name])
    assert advice in said(done, name)
    assert 1 >= said(done, name).count("try again later")
    assert 1 >= said(done, name).count("newer version")
    ticket = done.json["ticket"]
    assert (["RQ1"], [listed]) == (ticket["request_ids"], ticket["errors"])


def test_an_answer_without_an_id_leaves_none(alone: Cli, bare: Patch) -> None:
    """Whether it is good or bad."""
    for body in (b'{"imports": []}', b"?"):
        with scripted(bare, head(), Answer(status=200, body=body)):
            assert [] == alone("doctor", "--json").json["ticket"]["request_ids"]


def test_several_problems_are_named(alone: Cli, bare: Patch) -> None:
    """None of which has an exit code of its own."""
    with scripted(bare, head(**now(5000)), *[error(20500, 500)] * 2):
        done = alone("doctor")
    assert (1, True) == (done.code, "error: This would keep imports from going well: clock, service;" in done.err)


def test_of_several_problems_the_most_telling_ends_it(cli: Cli, bare: Patch, tmp_path: Path) -> None:
    """Refused credentials before configuration, and that before the rest."""
    (tmp_path / "journal").write_text("no journal")
    broken = ("doctor", "--json", "--journal", tmp_path / "journal")
    lost = cli(*broken, "--base-url", "http://127.0.0.1:1")
    assert (2, "JobConflict") == (lost.code, lost.json["error"]["kind"])
    bare.setenv("TWILIO_API_SECRET", "wrong")
    refused = cli(*broken)
    assert (4, "CredentialsRefused") == (refused.code, refused.json["error"]["kind"])


@pytest.mark.parametrize(("days", "verdict"), [(365, "ok"), (7, "warning")])
def test_a_certificate_is_told(alone: Cli, bare: Patch, tmp_path: Path, days: int, verdict: str) -> None:
    """Of an authority that SSL_CERT_FILE names: version, issuer and end, which may be near."""
    ours = Authority(tmp_path, "ours")
    bare.setenv("SSL_CERT_FILE", str(ours.file))
    with scripted(bare, head(), page(), tls=ours.server(lasts=timedelta(days=days))):
        done = alone("doctor", "--json")
    assert (0, verdict, "ok") == (done.code, verdicts(done)["connection"], verdicts(done)["certificates"])
    assert "TLSv1.3, certificate by ours, good until 20" in said(done, "connection")
    assert "TLSv1.3" == done.json["ticket"]["tls"]


def test_a_certificate_that_is_not_trusted_is_a_problem(alone: Cli, bare: Patch, tmp_path: Path) -> None:
    """What to do is said; the check is never switched off."""
    with scripted(bare, head(), tls=Authority(tmp_path, "theirs").server()):
        done = alone("doctor", "--json")
    assert (1, "problem") == (done.code, verdicts(done)["connection"])
    assert "SSL_CERT_FILE" in said(done, "connection")
    assert "looks into TLS" in said(done, "connection")


def test_plain_text_where_tls_is_expected_is_a_problem(cli: Cli, service: package.Announcement) -> None:
    """The port is right, the scheme is not."""
    done = cli("doctor", "--json", "--base-url", service.base_url.replace("http:", "https:"))
    assert (1, "problem") == (done.code, verdicts(done)["connection"])
    assert "may speak another protocol" in said(done, "connection")


def test_certificates_that_are_not_there_end_with_2(cli: Cli, bare: Patch, tmp_path: Path) -> None:
    """No client can be made."""
    bare.setenv("SSL_CERT_FILE", str(tmp_path / "nowhere.pem"))
    done = cli("doctor", "--json")
    assert (2, "warning", "problem") == (done.code, verdicts(done)["certificates"], verdicts(done)["connection"])


def test_of_two_places_of_certificates_it_says_which_counts(cli: Cli, bare: Patch, tmp_path: Path) -> None:
    """In one line: the HTTP library looks at the file alone, whatever the folder is."""
    bare.setenv("SSL_CERT_FILE", str(Authority(tmp_path, "ours").file))
    bare.setenv("SSL_CERT_DIR", str(tmp_path / "nowhere"))
    done = cli("doctor", "--json")
    assert "those of SSL_CERT_FILE are trusted; SSL_CERT_DIR is not looked at beside it | " == said(
        done, "certificates"
    )
    bare.delenv("SSL_CERT_FILE")
    assert "SSL_CERT_DIR names what is not there | correct or unset SSL_CERT_DIR" == said(
        cli("doctor", "--json"), "certificates"
    )


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy"])
def test_proxies_are_named(cli: Cli, bare: Patch, name: str) -> None:
    """Not for a service on this machine."""
    bare.setenv(name, "http://me:pa55word@127.0.0.1:1")
    done = cli("doctor", "--json")
    assert "set: HTTPS_PROXY; not used for this machine's own service" in said(done, "proxy")
    away = cli("doctor", "--json", "--base-url", "https://service.example")
    assert (1, "set: HTTPS_PROXY; requests to service.example go through it | ") == (away.code, said(away, "proxy"))
    assert "pa55word" not in done.out + away.out + away.err


@pytest.mark.parametrize(
    ("name", "value"), [("NO_PROXY", "elsewhere.example,service.example"), ("HTTP_PROXY", "http://127.0.0.1:1")]
)
def test_a_proxy_that_leads_elsewhere_is_said_not_to_count(cli: Cli, bare: Patch, name: str, value: str) -> None:
    """One for another scheme, or a host that is excepted."""
    if name == "NO_PROXY":
        bare.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    bare.setenv(name, value)
    bare.setattr("memory_imports._probe._LIMIT", 0.1)
    done = cli("doctor", "--json", "--base-url", "https://service.example")
    assert "; none of them counts for https://service.example | " in said(done, "proxy")


def test_whoever_never_comes_to_an_end_has_not_answered(bare: Patch, cli: Cli) -> None:
    """A byte now and then keeps nobody waiting for longer than no byte at all."""
    bare.setattr("memory_imports._probe._LIMIT", 0.3)
    with dripping() as base:
        done = cli("doctor", "--json", "--base-url", base)
    assert (1, "problem") == (done.code, verdicts(done)["connection"])
    assert "ReadTimeout" in said(done, "connection")


def test_what_ends_a_check_up_leaves_its_ticket(cli: Cli, bare: Patch) -> None:
    """Whatever had been found by then is what there is to send."""
    bare.setattr(machine, "place", 1)  # which cannot be called
    done = cli("doctor", "--json")
    assert (1, "TypeError") == (done.code, done.json["error"]["kind"])
    assert "ok" == done.json["ticket"]["checks"]["store"]


@pytest.mark.parametrize("kind", ["link", "long", "folder"])
def test_a_journal_that_a_run_would_refuse_is_a_problem(cli: Cli, tmp_path: Path, kind: str) -> None:
    """A link that leads nowhere, a name that no file can have, a folder."""
    place = tmp_path / ("j" * 300 if kind == "long" else "journal")
    if kind == "link":
        place.symlink_to(tmp_path / "nowhere")
    if kind == "folder":
        place.mkdir()
    done = cli("doctor", "--json", "--journal", place)
    assert ("problem", False) == (verdicts(done)["journal"], done.json["ticket"] is None)
    assert "problem" in done.json["ticket"]["checks"].values()


def test_a_folder_that_cannot_be_written_is_a_problem_with_a_journal_in_it(
    cli: Cli, bare: Patch, tmp_path: Path
) -> None:
    """Copies and locks go beside it; whoever is root here may write anywhere."""
    with Journal(place := tmp_path / "journal"):
        bare.setattr("memory_imports.cli.checkup.machine.os.access", lambda *_: False)
        done = cli("doctor", "--json", "--journal", place)
    assert f"{tmp_path} cannot be written to | see to it that it can" == said(done, "journal")


@pytest.mark.parametrize(
    ("missing", "code", "verdict", "words"),
    [
        ("rich", 2, "problem", "install memory-imports with its extra cli, from where you have memory-imports"),
        ("uvicorn", 0, "ok", "not always needed: sandbox (for demo and sandbox)"),
        ("schemathesis", 0, "ok", "not always needed: contract (for drift)"),
        ("openpyxl", 0, "ok", "not always needed: data (for Excel, Parquet, Arrow and Zstandard files)"),
    ],
)
def test_missing_extras_are_named(  # noqa: PLR0917 - pytest passes them by name
    cli: Cli, bare: Patch, missing: str, code: int, verdict: str, words: str
) -> None:
    """Only those of the command line are a problem; the journal cannot be looked at then."""
    bare.setattr(machine, "find_spec", lambda module: None if module == missing else module)
    done = cli("doctor", "--json")
    assert (code, verdict) == (done.code, verdicts(done)["extras"])
    assert (code == 0) == ("journal" in verdicts(done))
    assert words in said(done, "extras")


def test_every_extra_is_looked_at() -> None:
    """One that is added to the project is missed by the doctor, too."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {*project["optional-dependencies"]} == {*NEEDED}
    assert {*NEEDED} - {"cli"} == {*machine.FOR}


def begun(path: Path) -> None:
    """Leave a journal with one unfinished job."""
    with Journal(path) as journal:
        journal.begin(Job(key="a", store_id=STORE, files=("/a.csv",), parts=1, rows=1, bytes=1))


def test_unfinished_runs_are_counted(cli: Cli) -> None:
    """And a journal that others could look into is a warning."""
    begun(default_path())
    assert "1 run unfinished | see memory-imports jobs" == said(cli("doctor", "--json"), "journal")
    default_path().chmod(0o644)
    done = cli("doctor", "--json")
    assert (0, "warning") == (done.code, verdicts(done)["journal"])
    assert f"others could look into {default_path()}" in said(done, "journal")


def test_a_journal_may_be_empty(cli: Cli, tmp_path: Path) -> None:
    """In the place that was named."""
    with Journal(tmp_path / "journal"):
        pass
    assert f"{tmp_path / 'journal'}, nothing unfinished | " == said(
        cli("doctor", "--json", "--journal", tmp_path / "journal"), "journal"
    )


def test_a_journal_that_is_none_ends_with_2(cli: Cli, tmp_path: Path) -> None:
    """As a run would; nothing is known of a disk then."""
    (tmp_path / "journal").write_text("no journal")
    done = cli("doctor", "--json", "--journal", tmp_path / "journal")
    assert (2, "problem") == (done.code, verdicts(done)["journal"])
    assert 1 == said(done, "journal").count("name another with --journal")
    assert "disk" not in verdicts(done)
    (tmp_path / "file").write_text("no folder")
    done = cli("doctor", "--json", "--journal", tmp_path / "file" / "journal")
    assert said(done, "journal").endswith(" | name another place with --journal")
    assert 1 == said(done, "journal").count("--journal")


def test_a_folder_that_cannot_be_written_to_is_a_problem(cli: Cli, bare: Patch) -> None:
    """Seen without trying."""
    bare.setattr(os, "access", lambda *_: False)
    done = cli("doctor", "--json")
    assert (1, "problem") == (done.code, verdicts(done)["journal"])
    assert not default_path().parent.exists()


@pytest.mark.parametrize(("free", "verdict"), [(GIB * 20, "ok"), (GIB // 2, "warning"), (GIB // 100, "problem")])
def test_room_is_measured(cli: Cli, bare: Patch, free: int, verdict: str) -> None:
    """Ten parts are comfortable, less than one is too little."""
    bare.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    done = cli("doctor", "--json")
    assert (verdict, 1 if verdict == "problem" else 0) == (verdicts(done)["disk"], done.code)


def test_an_interruption_leaves_what_was_found(cli: Cli, bare: Patch) -> None:
    """One object, as on every path."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    bare.setattr(_probe, "probe", interrupted)
    done = cli("doctor", "--json")
    assert (130, "interrupted") == (done.code, done.json["outcome"])
    assert {"version", "extras", "environment", "configuration"} == set(verdicts(done))
    assert json.loads(cli("doctor", "--json").out)["checks"] == done.json["checks"]


def test_a_library_of_unknown_version_is_unknown(cli: Cli, bare: Patch) -> None:
    """It may have been brought along without its papers."""
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415 - for this alone

    def unknown(name: str) -> Any:  # noqa: ANN401 - never returns
        raise PackageNotFoundError(name)

    bare.setattr("importlib.metadata.version", unknown)
    assert "  httpx: unknown" in cli("doctor").out.splitlines()


def test_a_terminal_without_colours_is_enough(cli: Cli, bare: Patch, terminals: Callable[[], Any]) -> None:
    """What draws them may be what is missing."""
    bare.setattr("memory_imports.cli.screen.find_spec", lambda _: None)
    out, _ = terminals()
    cli("doctor")
    assert out.getvalue().startswith("check          verdict  what\n")
