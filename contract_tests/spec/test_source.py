"""What can be read is compared, whatever it looks like; what cannot is an error and never "no drift"."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from memory_imports_contract import DriftUnavailable, compare_specs
from memory_imports_contract.spec import source

from .pair import Spec, put
from .senseless import SENSELESS
from .silent import SILENT, composed

# Ten lines that stand for a billion values.
LAUGHS = b"".join(
    b"a%d: &a%d [%s]\n" % (level, level, b", ".join([b"*a%d" % (level - 1) if level else b"x"] * 9))
    for level in range(10)
)
# The same by merged keys, which are taken over while the file is read.
MERGES = b"a0: &a0 {k: 1}\n" + b"".join(
    b"a%d: &a%d {<<: [%s], k%d: 1}\n" % (level, level, b", ".join([b"*a%d" % (level - 1)] * 9), level)
    for level in range(1, 10)
)


class Handler(BaseHTTPRequestHandler):
    """Answers by path: what `texts` holds, a redirect, an error, or something without an end."""

    texts: dict[str, bytes]

    def do_GET(self) -> None:
        """Answer."""
        if self.path.startswith("/loop"):
            self.send_response(302)
            self.send_header("Location", "http://example.com/" if self.path == "/loop/away" else "/loop")
            self.end_headers()
            return
        if self.path.startswith("/hop/") and (left := int(self.path.removeprefix("/hop/"))):
            self.send_response(302)
            self.send_header("Location", f"/hop/{left - 1}" if left > 1 else "/spec.json")
            self.end_headers()
            return
        content = self.texts.get(self.path.partition("?")[0])
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url(packaged: Spec) -> Iterator[str]:
    """A server with a specification."""
    Handler.texts = {
        "/spec.json": json.dumps(packaged).encode(),
        "/empty": b"",
        "/page": b"<html><body>x</body></html>",
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def whole(packaged: Spec) -> Spec:
    """The contract as one corner of a file of the vendor's size."""
    spec = deepcopy(packaged)
    composed("components renamed", "others around", "servers on paths", "reworded", "without request ids")(spec)
    for number in range(400):
        text = f"A made-up rule, number {number}, as long as such texts are. " * 6
        spec["components"]["schemas"][f"Other{number}"] = {"type": "object", "description": text}
    return spec


@pytest.mark.parametrize("form", ["yaml", "json", "bom", "flow"])
def test_the_same_file_in_another_notation_is_no_drift(form: str, packaged: Spec, tmp_path: Path) -> None:
    """YAML in blocks or braces, JSON, with a byte order mark."""
    texts = {
        "yaml": yaml.safe_dump(packaged),
        "json": json.dumps(packaged),
        "bom": "\ufeff" + json.dumps(packaged, indent=2),
        "flow": yaml.safe_dump(packaged, default_flow_style=True),
    }
    path = tmp_path / "new"
    path.write_text(texts[form], encoding="utf-8")
    assert () == compare_specs(path).changes


def test_words_that_older_yaml_takes_for_truth_or_days_stay_words() -> None:
    """`no` in an enum is Norway, an unquoted day in an example is text."""
    text = "openapi: 3.0.1\npaths: {/a: {}}\nenum: [no, on, 2026-10-05, yes, true, 12]\n"
    assert ["no", "on", "2026-10-05", "yes", True, 12] == source.parse(text.encode(), "x").raw["enum"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"# nothing but a comment\n", "is empty"),
        (b"<html><body>Not found</body></html>", "web page, not an OpenAPI 3 document; name the file itself"),
        (b"\n<!DOCTYPE html>\n<title>a: b</title>", "web page"),
        (b"just words", "not an OpenAPI 3 document"),
        (b"[1, 2]", "not an OpenAPI 3 document"),
        (b"swagger: '2.0'\npaths: {/a: {}}", "Swagger 2"),
        (b"openapi: 3.0.1\n", "has no paths"),
        (b"openapi: 3.0.1\npaths: {}\n", "has no paths"),
        (b"a: [1\nb: }", r"neither YAML nor JSON \(line 2\)"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"{", "neither YAML nor JSON.*; is it whole"),
        (b"a: &a [*a, *b]", "neither YAML nor JSON"),
        (b'{"a": ' + b"[" * 5000, "neither YAML nor JSON|nested more than 100 levels deep"),
        (b'{"a":' * 101 + b"1" + b"}" * 101, "nested more than 100 levels deep; write it flatter"),
        (b'{"a":' * 30_000 + b"1" + b"}" * 30_000, "nested more than 100 levels deep"),
        (b"a: " + b"{a: " * 30_000 + b"1" + b"}" * 30_000, "nested more than 100 levels deep"),
        (b"- " * 30_000 + b"a", "nested more than 100 levels deep"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "holds a number or a date that cannot be read"),
        (MERGES, "unfolds to too many values; write it without merged keys"),
        (b"a: &a [*a]", "unfolds to more than 2000000 values"),
        (LAUGHS, "unfolds to more than 2000000 values"),
    ],
)
def test_what_is_no_specification_is_an_error(content: bytes, sentence: str, tmp_path: Path) -> None:
    """With a sentence that says why."""
    path = tmp_path / "new.yaml"
    path.write_bytes(content)
    with pytest.raises(DriftUnavailable, match=sentence):
        compare_specs(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """So is a folder."""
    for path in (tmp_path / "nothing.yaml", tmp_path):
        with pytest.raises(DriftUnavailable, match="cannot be read"):
            compare_specs(path)


def test_a_device_without_an_end_is_not_read_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no size that could be asked for."""
    monkeypatch.setattr(source, "MAX_BYTES", 1000)
    with pytest.raises(DriftUnavailable, match="is larger than 1000 bytes"):
        compare_specs("/dev/zero")


def test_a_reference_of_ours_that_leads_nowhere_is_an_error(packaged: Spec, tmp_path: Path) -> None:
    """A file cut off in the middle must not look like a contract without rules."""
    spec = deepcopy(packaged)
    del spec["components"]["schemas"]["FileSize"]
    path = tmp_path / "new.json"
    path.write_text(json.dumps(spec), encoding="utf-8")
    with pytest.raises(DriftUnavailable, match="FileSize"):
        compare_specs(path)


def test_json_is_read_as_json() -> None:
    """YAML knows no signs of two halves."""
    text = '{"openapi": "3.0.1", "paths": {"/a": {}}, "x": "\\ud83d\\ude80"}'
    assert "\N{ROCKET}" == source.parse(text.encode(), "x").raw["x"]


def test_a_file_may_be_as_deep_as_the_refusal_says() -> None:
    """A level more is refused, in both notations."""
    deep = '{"openapi": "3.0.1", "paths": {"/a": {}}, "x": ' + "[" * 99 + "]" * 99 + "}"
    for text in (deep, deep.replace('"openapi"', "openapi")):
        assert "3.0.1" == source.parse(text.encode(), "x").raw["openapi"]
        with pytest.raises(DriftUnavailable, match="more than 100 levels deep"):
            source.parse(text.replace("[]", "[[]]").encode(), "x")


def test_merged_keys_and_aliases_are_read_where_they_are_few() -> None:
    """A file may be written with them."""
    text = "openapi: 3.0.1\na: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\npaths: {/a: {}}\n"
    raw = source.parse(text.encode(), "x").raw
    assert ({"x": 1, "y": 3}, {"x": 1, "y": 2}) == (raw["b"], raw["c"])


@pytest.mark.parametrize(("pointer", "value", "sentence"), SENSELESS, ids=lambda each: str(each)[-40:])
def test_what_makes_no_sense_where_we_look_is_an_error(
    pointer: str, value: object, sentence: str, packaged: Spec, tmp_path: Path
) -> None:
    """A sentence that names the file, the place and what belongs there; neither a crash nor a verdict."""
    spec = deepcopy(packaged)
    put(pointer, value)(spec)
    path = tmp_path / "new.json"
    path.write_text(json.dumps(spec), encoding="utf-8")
    with pytest.raises(DriftUnavailable) as caught:
        compare_specs(path)
    assert f"{path}{sentence.format(at=pointer)}" == str(caught.value)


def test_a_url_is_fetched(url: str) -> None:
    """From this machine without encryption, too."""
    assert "none" == compare_specs(f"{url}/spec.json").verdict


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/none", "status 404"),
        ("/empty", "is empty"),
        ("/page", "not an OpenAPI"),
        ("/loop", "redirects"),
        ("/loop/away", "https only"),
    ],
)
def test_a_url_that_gives_no_specification_is_an_error(url: str, path: str, sentence: str) -> None:
    """A redirect never leads away from encryption, and never in circles."""
    with pytest.raises(DriftUnavailable, match=sentence):
        compare_specs(url + path)


@pytest.mark.parametrize(
    "target", ["http://example.com/a", "ftp://example.com/a", "file:///etc/hosts", "https://[bad/"]
)
def test_only_encrypted_or_local_urls_are_fetched(target: str) -> None:
    """Anything else is refused before a byte is sent."""
    with pytest.raises(DriftUnavailable):
        compare_specs(target)


def test_a_few_redirects_are_followed(url: str) -> None:
    """Three, and no fourth; the sentence names what was asked for."""
    assert "none" == compare_specs(f"{url}/hop/3").verdict
    with pytest.raises(DriftUnavailable) as caught:
        compare_specs(f"{url}/hop/4")
    assert f"{url}/hop/4 redirects more than 3 times." == str(caught.value)


def test_an_address_that_does_not_answer_is_an_error() -> None:
    """With what to look at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/spec.json"
        with pytest.raises(DriftUnavailable) as caught:
            compare_specs(url)
    assert f"{url} cannot be fetched (ConnectError); look at the address and the network." == str(caught.value)


def test_an_answer_that_trickles_is_given_up(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte in time is not all of them in time."""
    monkeypatch.setattr(source, "monotonic", iter((0.0, 31.0)).__next__)
    with pytest.raises(DriftUnavailable, match="takes longer than 30 seconds; fetch it to a file first"):
        compare_specs(f"{url}/spec.json")


@pytest.mark.parametrize(("version", "older"), [("3.0.3", True), ("3.1.0", False)])
def test_the_dialect_is_that_of_the_version(version: str, older: bool) -> None:  # noqa: FBT001 - pytest names it
    """Schemas of 3.0 are read otherwise than those of 3.1."""
    assert older is source.parse(json.dumps({"openapi": version, "paths": {"/": {}}}).encode(), "x").older


def test_a_file_that_is_not_there_is_said_in_words_of_the_system(tmp_path: Path) -> None:
    """With the path, and no number of an error."""
    with pytest.raises(DriftUnavailable) as caught:
        source.load(tmp_path / "nothing.yaml")
    assert f"{tmp_path / 'nothing.yaml'} cannot be read (No such file or directory)." == str(caught.value)


def test_a_value_of_yaml_that_json_lacks_is_compared_by_its_text(packaged: Spec, tmp_path: Path) -> None:
    """A date that a tag makes one, in an example or a rule that nobody knows."""
    new = deepcopy(packaged)
    new["components"]["schemas"]["FileSize"] |= {"example": date(2026, 10, 5), "not": {"enum": [date(2026, 10, 5)]}}
    path = tmp_path / "new.yaml"
    text = yaml.safe_dump(new).replace(": 2026-10-05", ": !!timestamp 2026-10-05")
    path.write_text(text.replace("- 2026-10-05", "- !!timestamp 2026-10-05"), encoding="utf-8")
    found = {change.rule: change for change in compare_specs(path).changes}
    assert {"examples-changed", "keyword-added"} == found.keys()
    assert "2026-10-05" == found["examples-changed"].new
    assert "The rule `not` is new" in found["keyword-added"].message
    assert () == compare_specs(path, base=path).changes


def test_a_url_with_a_secret_is_named_without_it(url: str) -> None:
    """Neither the user nor the query is in the sentence."""
    secret = url.replace("http://", "http://me:hunter2@") + "/none?token=hunter2"
    with pytest.raises(DriftUnavailable) as caught:
        compare_specs(secret)
    assert "hunter2" not in str(caught.value)


def test_what_is_too_large_is_not_read(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither from a file nor from a URL."""
    monkeypatch.setattr(source, "MAX_BYTES", 100)
    with pytest.raises(DriftUnavailable, match="larger"):
        compare_specs(f"{url}/spec.json")
    with pytest.raises(DriftUnavailable, match="larger"):
        compare_specs(source.packaged())


def test_the_base_is_the_file_that_is_named(packaged: Spec, tmp_path: Path) -> None:
    """And the packaged one only where none is."""
    base = deepcopy(packaged)
    base["components"]["schemas"]["FileSize"]["maximum"] = 5
    path = tmp_path / "base.yaml"
    path.write_text(yaml.safe_dump(base), encoding="utf-8")
    (change,) = compare_specs(source.packaged(), path).changes
    assert ("maximum-raised", 5) == (change.rule, change.old)


def test_a_whole_file_of_the_vendors_size_is_compared_in_two_seconds(packaged: Spec, tmp_path: Path) -> None:
    """From the start of the interpreter to the report; and no library of the other detector is loaded for it."""
    path = tmp_path / "vendor.yaml"
    path.write_text(yaml.safe_dump(whole(packaged)), encoding="utf-8")
    assert path.stat().st_size > 200_000
    code = (
        "import sys; from memory_imports_contract import compare_specs, render;"
        f"print(render(compare_specs({str(path)!r}), 'json'));"
        "assert not {'schemathesis', 'hypothesis', 'httpx', 'jsonschema'} & sys.modules.keys()"
    )
    start = time.process_time_ns(), time.perf_counter()
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert time.perf_counter() - start[1] < 2
    assert "none" == json.loads(ended.stdout)["verdict"]


def test_every_silent_form_is_used_by_name() -> None:
    """The names above are names of forms."""
    assert {
        "components renamed",
        "others around",
        "servers on paths",
        "reworded",
        "without request ids",
    } <= SILENT.keys()
