"""Servers that hang up: on what may be refused that is a refusal, elsewhere it is drift, and in the end no proof."""

import re
from itertools import count

import pytest
from attrs import evolve

from live import stranger
from live.stranger import MANNERS, PASSWORD, STORE, USER, Manner
from memory_imports_contract import DriftUnavailable, LiveReport
from memory_imports_contract.live import drift_live

PLAIN = MANNERS["new and quick"]


def report_of(manner: Manner, level: str) -> LiveReport:
    """What the detector says of the server."""
    with stranger.stranger(manner) as url:
        return drift_live(url, STORE, (USER, PASSWORD), level=level)


@pytest.mark.parametrize("unfit", ["(PUT|PATCH|DELETE) /v1/", "(GET|POST|DELETE) /files/", "PUT /files/x"])
def test_hanging_up_on_what_is_refused_anyway_is_no_drift(unfit: str) -> None:
    """A method that the contract does not know, or an upload that S3 would refuse."""
    manner = evolve(PLAIN, hangs_up=lambda line: re.match(unfit, line) is not None)
    assert () == report_of(manner, "upload").findings


def test_hanging_up_on_a_good_request_is_drift() -> None:
    """Each time it is sent, while others are answered."""
    manner = evolve(PLAIN, hangs_up=lambda line: line.endswith("pageSize=1000"))
    (found,) = report_of(manner, "read").findings
    expected = ("no-answer", "ListProfileImportsV2", "/request/query/pageSize")
    assert expected == (found.rule, found.operation, found.where)
    assert found.message.startswith("the number 1000: the connection was lost each time.")
    assert found.evidence.startswith("curl -i -X GET ")


def test_hanging_up_on_good_uploads_is_drift() -> None:
    """The unfit ones before them may have been refused so."""
    manner = evolve(PLAIN, hangs_up=lambda line: line.startswith("PUT /files/"))
    assert ["upload-refused"] == [found.rule for found in report_of(manner, "upload").findings]


def test_a_server_that_goes_away_proves_nothing() -> None:
    """However much was found until then."""
    numbers = count()
    with pytest.raises(DriftUnavailable, match="stopped answering in the middle"):
        report_of(evolve(PLAIN, hangs_up=lambda _: next(numbers) > 40), "read")
