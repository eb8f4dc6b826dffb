"""What no tracked file may say, and what two of them have to say alike."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# In brackets, so that no pattern finds itself.
UNSAID = {
    "the host of a package registry": (
        r"pypi[.]org|pythonhosted[.]org|npm(js)?[.](org|com)|yarnpkg[.]com|--(extra-)?index[-]url"
    ),
    "a folder of one machine": r"/(root|home/\w+|Users/\w+|work|opt/\w+)[/]|[A-Z]:[\\]Users|[.]pyenv[/]",
}
COMMAND = "pip install nox uv && nox"


def tracked() -> list[Path]:
    """Every file that a clone brings."""
    git = shutil.which("git")
    assert git is not None
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


@pytest.mark.parametrize("what", UNSAID)
def test_no_tracked_file_names(what: str) -> None:
    """A clone works anywhere, and says nothing of where it was made."""
    files = [file for file in tracked() if file.is_file()]
    assert len(files) > 50
    assert [] == [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in files
        for match in re.finditer(UNSAID[what], file.read_text(encoding="utf-8", errors="replace"))
    ]


def test_continuous_integration_runs_what_the_readme_says() -> None:
    """The command that a newcomer copies is the one that is tried on every change."""
    assert COMMAND in (ROOT / "README.md").read_text().splitlines()
    assert COMMAND == (ROOT / ".ci" / "run").read_text().splitlines()[-1]


def test_the_readme_shows_the_demo_from_nothing() -> None:
    """One line takes a machine with Python and pip to the table of profiles."""
    assert f"{COMMAND} -s demo" in (ROOT / "README.md").read_text().splitlines()
