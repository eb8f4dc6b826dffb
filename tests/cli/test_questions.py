"""The question before anything is sent."""

import io
import sys

import pytest

from memory_imports.cli.questions import agreed
from memory_imports.cli.screen import Screen


@pytest.mark.parametrize(
    ("answer", "is_yes"),
    [
        ("y\n", True),
        (" YES \n", True),
        ("\n", False),
        ("n\n", False),
        ("yes please\n", False),
        ("", False),
        ("y", True),
    ],
)
def test_only_a_yes_is_a_yes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, *, is_yes: bool
) -> None:
    """Whatever else is said, or nothing at all, sends nothing; a line that was not ended is ended."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(answer.encode()), encoding="utf-8"))
    assert is_yes == agreed("Send it?", Screen())
    assert ("Send it? [y/N] ", "" if answer.endswith("\n") else "\n") == (
        (said := capsys.readouterr().err)[:15],
        said[15:],
    )
