"""The README is run as a newcomer would: its files saved, its commands typed, its output compared."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
ANY = "…"


def blocks(language: str) -> list[tuple[str, str]]:
    """Return what follows the language on each fence, and the block's text."""
    found = re.findall(rf"^```{language}\b *(.*)\n((?:.*\n)*?)```$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"the README has no {language} block any more"
    return found


def steps() -> list[tuple[str, str]]:
    """Return each console command with the output that the README shows."""
    texts = [text for _, text in blocks("console")]
    return [
        (command, shown)
        for text in texts
        for command, shown in re.findall(r"^\$ (.*)\n((?:[^$].*\n)*)", text, re.MULTILINE)
    ]


def matches(shown: str, real: str) -> bool:
    """Compare output with what is shown: an ellipsis is anything, on a line of its own any number of lines."""
    shown, real = (re.sub(r"[ \t]+", " ", text) for text in (shown, real))
    lines = [
        "(.*\n)*?" if line == ANY else ".*?".join(map(re.escape, line.split(ANY))) + "\n" for line in shown.splitlines()
    ]
    return re.fullmatch("".join(lines), f"{real.rstrip()}\n" if real else "") is not None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """The folder and the environment of the second terminal, with the first one's service running."""
    folder = tmp_path_factory.mktemp("tour")
    # The tour is walked in a clone.
    shutil.copytree(README.with_name("openapi"), folder / "openapi")
    for name, text in blocks("csv"):
        (folder / name).write_text(text, encoding="utf-8")
    scripts = Path(sys.executable).parent
    environment = {
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "PYTHONUNBUFFERED": "1",
        **{name: os.environ[name] for name in os.environ if name.startswith("COVERAGE")},
    }
    first, shown = steps()[0]
    assert first.startswith("memory-imports sandbox --port ")
    command = [*shlex.split(first)[:-1], "0"]
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True) as service:
        try:
            assert service.stdout is not None
            lines = [service.stdout.readline() for _ in shown.splitlines()]
            assert matches(re.sub(r":8700", ANY, shown), "".join(lines))
            exports = (line.removeprefix("export ").strip().split("=", 1) for line in lines[1:])
            yield folder, environment | dict(exports)
        finally:
            service.terminate()


def test_the_tour_can_be_followed(home: tuple[Path, dict[str, str]]) -> None:
    """Each command of the second terminal, one after the other, prints what is shown."""
    folder, environment = home
    followed = steps()[1:]
    assert len(followed) >= 10
    # The README's ports may be taken here.
    ports = {"8700": environment["TWILIO_MEMORY_BASE_URL"].rpartition(":")[2]}
    with ExitStack() as services:
        for command, shown in followed:
            for port, real_port in ports.items():
                command, shown = command.replace(port, real_port), shown.replace(port, real_port)  # noqa: PLW2901
            if command.endswith(" &"):
                begun = services.enter_context(in_the_background(command, environment, folder))
                ports |= begun
                continue
            real = output(command, environment, folder)
            assert matches(shown, real), f"$ {command}\n{real}"


@contextmanager
def in_the_background(command: str, environment: dict[str, str], folder: Path) -> Iterator[dict[str, str]]:
    """Start a sandbox on a free port instead of the one it names; gives the one for the other."""
    words = shlex.split(command.removesuffix(" &"))
    at = words.index("--port") + 1
    port, words[at] = words[at], "0"
    with subprocess.Popen(words, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True) as service:
        try:
            assert service.stdout is not None
            yield {port: service.stdout.readline().strip().rpartition(":")[2]}
        finally:
            service.terminate()


def output(command: str, environment: dict[str, str], folder: Path) -> str:
    """Return what a command prints, and its exit code unless it is 0."""
    done = subprocess.run(
        ["bash", "-c", f"{command} 2>&1"], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout + (f"[exit {done.returncode}]\n" if done.returncode else "")


def test_the_python_example_runs(home: tuple[Path, dict[str, str]]) -> None:
    """It prints an outcome, not a traceback."""
    folder, environment = home
    for _, code in blocks("python"):
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=folder, capture_output=True, text=True, check=True
        )
        assert done.stdout.startswith("completed 3 mem_import_")


def test_a_difference_is_noticed() -> None:
    """The comparison is not so kind that it passes everything."""
    assert matches("a … c\n", "a b c\n")
    assert not matches("a … c\n", "a b d\n")
    assert matches("a\n…\nd\n", "a\nb\nc\nd\n")
    assert not matches("completed\n", "failed\ncompleted\n")
