"""What the detector has to say of the sandbox's planted drifts, and the runs that ask it.

The rules are judged from what a drift does, not from what the detector happens to answer: where several name it
truly, each will do. The first line that fits a drift's name counts. Runs are plain functions, so that processes of
their own can make them.
"""

import re
from collections.abc import Mapping

from attrs import frozen

from memory_imports_contract.findings import LiveReport
from memory_imports_contract.live import drift_live
from memory_imports_sandbox import Settings, server
from memory_imports_sandbox.drifts import CATALOGUE, Drift
from memory_imports_sandbox.drifts.drift import CREATE, FETCH
from memory_imports_sandbox.objects import UPLOAD

FITS: Mapping[str, str] = {
    # Those whose names look like others below
    r"no-credentials-\S+|any-(password|name)-\S+|anybody-\S+|bearer-taken": "credentials-ignored unauthorized-status",
    r"mapping-trait-null-taken": "type-unchecked",
    r"retry-after-missing": "retry-after-missing",
    # What any answer can have
    r"(create|fetch|list|store)-answers-20\d": "success-status upload-status",
    r"\S+-plain-text|list-answers-octets|fetch-answers-html|error-html-\S+|error-problem-json": "content-type not-json",
    r"error-empty-\S+|error-not-json-\S+": "not-json",
    r"fetch-mappings-renamed|fetch-size-renamed": "answer-field-renamed answer-field-unknown field-vanished",
    r"\S+-renamed|\S+-wrapped": "answer-field-renamed answer-field-unknown",
    r"\S+-extra-field(-\S+)?": "answer-field-unknown",
    r"\S+-null(-\S+)?|summary-null": "answer-null",
    r"fetch-created-at-epoch|summary-warnings-list|next-token-number|\S+-(string|number|object|objects|array|list)": (
        "answer-type"
    ),
    r"create-(id|url)-missing|fetch-(status|filename|created-at)-missing": "answer-field-missing",
    r"list-(imports|meta)-missing|list-answer-empty": "field-vanished created-not-listed next-token-missing",
    r"next-token-missing": "next-token-missing",
    r"allow-\S+": "method-allow",
    r"\S+-missing|mappings-gone-at-the-end": "field-vanished",
    r"(create|fetch|error|meta|next)-\S*too-long|list-over-100|fetch-mappings-empty": "answer-length",
    r"error-code-too-\S+": "answer-range",
    r"fetch-\S+-(no-zone|date-only|words)|error-more-info-no-url": "answer-format",
    r"fetch-mapping-group-lower-case": "echo-differs",
    r"\S+-lower-case|fetch-status-new-word|import-ends-done|broken-file-error": "answer-enum",
    r"list-imports-upper-case": "answer-pattern",
    # What is said of an import
    r"fetch-(filename-cut|size-\S+|mappings-turned)": "echo-differs",
    r"fetch-mappings-lose-last": "echo-differs answer-length",
    r"fetch-created-at-year-earlier": "created-at",
    r"fetch-updated-at-before-creation": "updated-at",
    r"summary-\S+": "summary-counts",
    r"create-id-shape": "created-id-shape",
    r"create-id-reused": "created-id-repeated",
    r"create-url-reused": "upload-url-repeated",
    r"create-url-expired": "upload-url-expired",
    r"create-url-unsigned": "upload-url-unsigned",
    r"create-url-relative": "upload-url-scheme",
    r"create-url-(elsewhere|signed-wrongly)": "upload-refused",
    r"new-import-unknown": "import-not-fetched",
    r"new-import-\S+": "not-pending",
    r"import-stays-\S+": "import-never-ends",
    r"import-goes-back": "status-goes-back",
    r"good-file-fails|store-(drops|keeps|garbles)\S*": "good-file-failed",
    r"broken-file-completes": "broken-file-completed",
    r"one-bad-row-fails": "row-errors-tolerance",
    # Refusals
    r"error-code-of-another": "error-code",
    r"error-status-differs": "error-status",
    r"retry-after-date": "retry-after-form",
    r"unauthorized-500|bad-\S+-500|malformed-\S+-500|unknown-store-500|patch-import-500": "server-error",
    r"unauthorized-\d+": "unauthorized-status",
    r"unknown-import-200": "unknown-import-accepted",
    r"unknown-import-\d+|import-first-digit-refused": "unknown-import-status",
    r"unknown-store-\d+|service-store-refused": "unknown-store-status",
    r"unknown-store-empty|other-store-\S+": "unknown-store-accepted",
    r"bad-(query|body)-422": "refusal-status",
    r"malformed-\S+-404": "malformed-id-status refusal-status error-code",
    # What a request may hold
    r"order-asc-refused|mappings-2-refused|body-fourth-demanded": "good-request-refused limit-tightened",
    r"(page-)?size-(string|fraction|word)-taken|filename-number-taken": "type-unchecked",
    r"(body|mapping)-extra-taken": "extra-field-accepted",
    r"mapping-group-optional": "required-unchecked",
    r"page-token-any-taken": "page-token-unchecked",
    r"(size|filename|mappings|column|group|trait|page-size|order)-\S+-(refused|demanded)": "limit-tightened",
    r"(size|filename|mappings|column|group|trait|page-size|order)-\S+-taken": "limit-loosened",
    # Access
    r"(delete|put)-(import|collection)-20\d": "undocumented-method-accepted",
    # The object store
    r"store-(refuses|wants)-\S+": "upload-refused",
    r"store-mismatch-\d+": "object-error-status upload-unfit-status",
    r"store-errors-\S+": "object-error-form",
    r"store-\S+": "upload-unfit-accepted",
    # Pages
    r"list-order-ignored|list-page-unsorted": "list-order",
    r"list-default-order": "default-order",
    r"list-page-repeats-within": "page-repeats page-size-ignored",
    r"list-second-page-repeats": "page-repeats",
    r"list-second-page-skips": "page-loses",
    r"list-page-one-short|list-hides-some": "page-loses page-size-short created-not-listed",
    r"list-last-page-has-next": "next-token-on-last-page",
    r"list-first-page-has-previous": "previous-token-on-first-page",
    r"list-shows-a-stranger": "import-not-fetched",
    r"next-token-dead": "next-token-refused",
    r"meta-key-wrong": "meta-key",
    r"meta-page-size-negative": "meta-page-size",
    r"page-size-ignored": "page-size-ignored meta-page-size",
    r"page-size-default-20": "default-page-size",
}
PLANTED = tuple(CATALOGUE)
HASTY = frozenset(name for name, drift in CATALOGUE.items() if "rate" in drift.wants)
"""Where they are reported depends on the haste."""
# An import that never ends is waited for; here, every other one ends at once.
_PATIENCE = 8.0


@frozen
class Run:
    """What one run said, or why it could not be made."""

    report: LiveReport
    trouble: str = ""

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """Each finding in short."""
        return [(one.rule, one.operation, one.where) for one in self.report.findings]


def fitting(name: str) -> set[str]:
    """The rules that name the drift truly.

    Raises:
        LookupError: Nobody has said.
    """
    for pattern, rules in FITS.items():
        if re.fullmatch(pattern, name):
            return set(rules.split())
    raise LookupError(name)


def places(drift: Drift) -> set[str]:
    """The operations under which the drift may be reported: its own, and where alone its consequence shows."""
    shown = set(drift.operations)
    if UPLOAD in shown or drift.name == "list-shows-a-stranger":
        shown.add(FETCH)
    if CREATE in shown and drift.where == "answer:/url":
        shown.add(UPLOAD)
    return shown


def found(name: str, run: Run) -> bool:
    """Whether a finding has a fitting rule at a fitting operation."""
    drift = CATALOGUE[name]
    return any(rule in fitting(name) and set(operation.split(", ")) & places(drift) for rule, operation, _ in run.told)


def levels(name: str) -> tuple[str, ...]:
    """The levels to look for the drift at: the whole flow, and reading alone where that has to be enough."""
    return ("read", "upload") if CATALOGUE[name].level == "read" else ("upload",)


def run(name: str, level: str = "upload", seed: int = 0) -> Run:
    """One run of the detector against a sandbox with the drift."""
    settings = Settings(drift=name, pending_seconds=0, processing_seconds=0)
    with server.running(settings) as here:
        access = (here.base_url, here.store_id, (here.username, here.password))
        try:
            return Run(drift_live(*access, level=level, seed=seed, patience=_PATIENCE))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a drift that was not found
            return Run(LiveReport(), f"{type(error).__name__}: {error}")
