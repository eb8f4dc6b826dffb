"""Every format shows every row, keeps its own rules, and obeys nothing that a vendor or a server said."""

import json
import os
import re
from copy import deepcopy
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from memory_imports_contract import (
    FAIL_ON,
    FORMATS,
    Change,
    DriftUnavailable,
    Finding,
    LiveReport,
    Severity,
    SpecReport,
    exit_code,
    render,
    see,
    write,
)
from memory_imports_contract.spec import source
from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.document import Document
from memory_imports_contract.spec.merge import changes

from .rendered import FILES, FOLDER, rendered
from .sarif_schema import LOG
from .test_catalogue import PAIRS

NASTY = (
    "<b>a</b> [x](https://e.example) @team #1 $x$ =1+1 | `tick` ``\n"
    "::error::x\n  ::stop-commands::y ##[error]z ##vso[task.x]\r% a,b:c \x1b[31m \u202e \ud800 www.e.example"
)
CHANGES = tuple(
    Change(f"rule-{severity.value}", severity, "CreateProfilesImportV2", f"/a/{number}", {"x": NASTY}, None, NASTY)
    for number, severity in enumerate(Severity)
)
SPEC, CLEAN = SpecReport(CHANGES), SpecReport()
FINDING = Finding("status-wrong", NASTY, "/status", NASTY, f"curl -X GET {NASTY}")
LIVE = LiveReport((FINDING,), {"ListProfileImportsV2": 12, "FetchProfileImportV2": 3}, 20, 1.25)
QUIET = LiveReport((), {"ListProfileImportsV2": 12}, 12, 1.0)


def _planted() -> SpecReport:
    """Every change that the detector finds of every pair that is planted, notes included."""
    client = source.load(source.packaged())
    found: list[Change] = []
    for pair in PAIRS:
        raw = deepcopy(client.raw)
        pair.change(raw)
        found += changes(differences(client, Document(raw, "new", older=True), client))
    return SpecReport(tuple(found))


PLANTED = _planted()
REPORTS = (SPEC, CLEAN, LIVE, QUIET, PLANTED)
NAMES = ("spec", "clean", "live", "quiet", "planted")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("report", REPORTS, ids=NAMES)
def test_every_format_shows_every_rule_in_text_that_can_be_written(form: str, report: SpecReport | LiveReport) -> None:
    """It ends in one line break, steers no terminal, and can be encoded."""
    text = render(report, form)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    text.encode()
    shown = report.changes if isinstance(report, SpecReport) else report.findings
    for each in shown:
        assert each.rule in text


def test_json_is_what_the_interface_says() -> None:
    """Names, order and verdicts."""
    spec, live = json.loads(render(SPEC, "json")), json.loads(render(LIVE, "json"))
    assert ["verdict", "changes"] == list(spec)
    assert ["rule", "severity", "operation", "where", "old", "new", "message"] == list(spec["changes"][0])
    assert ["verdict", "findings", "cases", "requests", "seconds"] == list(live)
    assert ["rule", "operation", "where", "message", "evidence"] == list(live["findings"][0])
    assert ("breaking", "drift") == (spec["verdict"], live["verdict"])
    assert ("none", "none") == (
        json.loads(render(CLEAN, "json"))["verdict"],
        json.loads(render(QUIET, "json"))["verdict"],
    )


def test_json_gives_back_every_sign() -> None:
    """What a runner would obey is only written otherwise."""
    assert [change.as_json() for change in CHANGES] == json.loads(render(SPEC, "json"))["changes"]


@pytest.mark.parametrize("file", FILES)
def test_a_report_is_the_one_that_was_kept(file: str) -> None:
    """Whoever changes a format on purpose writes the files anew, and reads what changed."""
    assert (FOLDER / file).read_text(encoding="utf-8") == rendered(file)
    assert set(FILES) == {path.name for path in FOLDER.iterdir()}


def test_text_is_the_format_of_choice() -> None:
    """Where none is named; and there are six."""
    assert render(SPEC, "text") == render(SPEC)
    assert ("text", "json", "markdown", "github", "sarif", "junit") == FORMATS
    with pytest.raises(ValueError, match=r"NaN|nan|Out of range"):
        render(LiveReport((), {}, 0, float("nan")), "json")


@pytest.mark.parametrize("report", REPORTS, ids=NAMES)
def test_sarif_is_sarif(report: SpecReport | LiveReport) -> None:
    """Its schema holds, and every result's rule is described at its index."""
    log = json.loads(render(report, "sarif"))
    Draft202012Validator(LOG).validate(log)
    (run,) = log["runs"]
    for result in run["results"]:
        assert result["ruleId"] == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
        assert not re.search(r"(?<!\\)\[", result["message"]["text"])


@pytest.mark.parametrize("report", REPORTS, ids=NAMES)
def test_junit_counts_what_it_shows(report: SpecReport | LiveReport) -> None:
    """The form that build servers read: known elements and attributes, totals that add up, at least one case."""
    root = ET.fromstring(render(report, "junit").encode())  # noqa: S314 - our own text
    (suite,) = root
    assert ("testsuites", "testsuite") == (root.tag, suite.tag)
    cases = list(suite)
    assert len(cases) == int(suite.get("tests", "")) == int(root.get("tests", "")) > 0
    failures = [case for case in cases if case.find("failure") is not None]
    assert len(failures) == int(suite.get("failures", ""))
    assert bool(failures) == (report.verdict != "none")
    for case in cases:
        assert {"classname", "name", "time"} == set(case.keys())
        assert {child.tag for child in case} <= {"failure", "system-out"}


def test_markdown_renders_no_more_than_a_table() -> None:
    """No HTML of theirs, no link, no mention, no second table, no formula."""
    for report in (SPEC, LIVE, PLANTED):
        text = render(report, "markdown")
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
        inline = [token for parent in tokens for token in (parent.children or [])]
        html = {token.content for token in inline if token.type == "html_inline"}
        assert html <= {"<br>"}
        assert not [token for token in inline if token.type in ("link_open", "image")]
        assert not [token for token in tokens if token.type in ("html_block", "fence")]
        rows = [token for token in tokens if token.type == "tr_open"]
        assert 1 + len(report.changes if isinstance(report, SpecReport) else report.findings) == len(rows)
        plain = "".join(token.content for token in inline if token.type == "text")
        assert not re.search(r"[@#]\w", plain)


def test_github_sees_one_command_a_line_and_none_of_theirs() -> None:
    """Every line is one of our commands, with nothing that would end it or its title early."""
    for report in (SPEC, LIVE):
        lines = render(report, "github").splitlines()
        for line in lines:
            assert re.fullmatch(r"::(error|warning|notice) title=[^:,]*::.*", line)
        expected = ["notice", "error", "warning", "notice"] if report is SPEC else ["notice", "error"]
        assert expected == [line.split(" ")[0].strip(":") for line in lines]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("report", REPORTS, ids=NAMES)
def test_no_line_gives_an_order_but_those_of_the_format_that_is_made_of_them(
    form: str, report: SpecReport | LiveReport
) -> None:
    """A runner obeys what any program prints: a server must not end a step's commands, or set its variables."""
    lines = render(report, form).splitlines()
    orders = [line for line in lines if re.match(r"\s*::", line)]
    assert [] == [line for line in lines if re.search(r"##\w*\[", line)]
    assert (lines if form == "github" else []) == orders
    assert [] == [line for line in orders if not re.match(r"::(error|warning|notice) title=[^:]*::", line)]


@pytest.mark.parametrize(
    ("severities", "verdict", "codes"),
    [
        ((), "none", (0, 0, 0)),
        ((Severity.NOTE,), "none", (0, 0, 0)),
        ((Severity.NOTE, Severity.COMPATIBLE), "compatible", (0, 6, 0)),
        ((Severity.COMPATIBLE, Severity.BREAKING), "breaking", (6, 6, 0)),
    ],
)
def test_the_worst_severity_decides(severities: tuple[Severity, ...], verdict: str, codes: tuple[int, ...]) -> None:
    """Notes are no drift; what fails is a choice."""
    report = SpecReport(tuple(Change("rule", severity, "", "", None, None, "") for severity in severities))
    assert verdict == report.verdict
    assert codes == tuple(exit_code(report, choice) for choice in ("breaking", "compatible", "never"))
    assert (6, 0) == (exit_code(LIVE), exit_code(QUIET))


def test_a_finding_of_a_server_is_breaking() -> None:
    """It fails unless nothing is to fail; the choices are three."""
    assert ("breaking", "compatible", "never") == FAIL_ON
    assert [6, 6, 0] == [exit_code(LIVE, choice) for choice in FAIL_ON]


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A file that says it already is left alone, and nothing is left beside it."""
    target = tmp_path / "report.txt"
    write("one\n", target)
    first = target.stat().st_mtime_ns
    write("one\n", target)
    assert first == target.stat().st_mtime_ns
    with pytest.raises(UnicodeEncodeError):
        write("\ud800", target)
    assert "one\n" == target.read_text(encoding="utf-8")
    assert [target] == list(tmp_path.iterdir())


def test_a_report_is_begun_beside_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From another disk nothing is moved in one step; what a crash leaves there is hidden, and says whose it is."""
    begun: list[Path] = []
    monkeypatch.setattr(Path, "replace", lambda path, _: begun.append(path))
    write("one\n", tmp_path / "report.txt")
    assert [(tmp_path, ".memory-imports")] == [(path.parent, path.name.rpartition(".")[0]) for path in begun]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("report", REPORTS, ids=NAMES)
def test_every_format_is_known_as_a_report_again(form: str, report: SpecReport | LiveReport, tmp_path: Path) -> None:
    """So that the next one may replace it."""
    target = tmp_path / "report"
    write(render(report, form), target)
    see(target, ())


@pytest.mark.parametrize(
    "text",
    ["x", "Contract", "{}", '{"verdict": 1}', "# Contract against server", "<testsuites/>", '{\n  "$schema": "a"'],
)
def test_what_is_no_report_is_known_as_none(text: str, tmp_path: Path) -> None:
    """It would be lost."""
    target = tmp_path / "report"
    target.write_text(text)
    with pytest.raises(DriftUnavailable, match="holds something else"):
        see(target, ())


def test_a_report_goes_over_nothing_that_is_in_use(tmp_path: Path) -> None:
    """By whichever path, there or not yet; URLs are no files."""
    log = tmp_path / "log"
    for used in (log, tmp_path / "." / "log", str(tmp_path / "folder" / ".." / "log")):
        with pytest.raises(DriftUnavailable, match="in use by this very check"):
            see(log, (None, "https://a.example/x", used))
    log.touch()
    (tmp_path / "other").hardlink_to(log)
    with pytest.raises(DriftUnavailable, match="in use by this very check"):
        see(log, (tmp_path / "other",))
    see(log, (None, f"file://{log}", tmp_path / "another"))


def test_a_new_report_is_for_its_owner_and_an_old_one_stays_as_open_as_it_was(tmp_path: Path) -> None:
    """What a server said may be nobody else's business; whoever opened a file had a reason."""
    new, old = tmp_path / "new.txt", tmp_path / "old.txt"
    old.touch()
    old.chmod(0o640)
    for target in (new, old):
        write("one\n", target)
    assert (0o600, 0o640) == tuple(target.stat().st_mode & 0o777 for target in (new, old))


def test_a_report_replaces_no_link_and_no_device(tmp_path: Path) -> None:
    """An administrator who names the null device would lose it for everybody."""
    precious, link, pipe = tmp_path / "precious", tmp_path / "link", tmp_path / "pipe"
    precious.write_text("precious")
    link.symlink_to(precious)
    os.mkfifo(pipe)
    for target in (link, pipe, Path(os.devnull), tmp_path):
        with pytest.raises(OSError, match="no regular file"):
            write("one\n", target)
    assert (True, "precious") == (link.is_symlink(), precious.read_text())
