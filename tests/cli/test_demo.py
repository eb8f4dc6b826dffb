"""`demo`, and the sample that it imports."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

import memory_imports_sandbox as package
from memory_imports.cli import demo
from tests.cli.conftest import Cli
from tests.cli.test_run import KEYS

MAKE = Path(__file__).parents[2] / "tools" / "make_sample.py"


@pytest.fixture
def quick(bare: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A sandbox that imports at once, for the demo too."""
    bare.setattr(package, "Settings", partial(package.Settings, pending_seconds=0, processing_seconds=0))
    return bare


def test_the_demo_gives_one_object(cli: Cli, quick: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As `run` does, and what became of the rows; whatever proxy and service the environment names."""
    quick.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    quick.setenv("NO_PROXY", "example.com")
    quick.setenv("TWILIO_MEMORY_BASE_URL", "http://127.0.0.1:9")
    done = cli("demo", "--json")
    assert 0 == done.code
    assert [*KEYS[:-1], "created", "updated", "merged", "profiles", "error"] == list(done.json)
    assert (1000, 940, 40, 20, 920) == (*(done.json[key] for key in ("rows", *list(done.json)[-5:-1])),)
    assert ("example.com", False) == (os.environ["NO_PROXY"], "no_proxy" in os.environ)
    assert not (tmp_path / "state").exists()


def test_the_demo_shows_what_arrived(cli: Cli, quick: pytest.MonkeyPatch) -> None:
    """The counts, and a few people; a merged one first, with both of its addresses."""
    del quick
    done = cli("demo")
    lines = done.out.splitlines()
    assert ["rows", "created", "updated", "merged", "errors", "profiles"] == lines[3].split()
    assert ["1,000", "940", "40", "20", "0", "920"] == lines[4].split()
    assert 2 == lines[6].count("@")
    assert 12 == len(lines)


def test_the_demo_fails_where_something_else_arrived(cli: Cli, quick: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It says what differs."""
    sample = json.loads((demo.SAMPLE / "people.json").read_text())
    sample["becomes"]["merged"] = 21
    (tmp_path / "people.json").write_text(json.dumps(sample))
    (tmp_path / "people.csv").write_bytes((demo.SAMPLE / "people.csv").read_bytes())
    quick.setattr(demo, "SAMPLE", tmp_path)
    done = cli("demo", "--json")
    assert (1, "failed", "DemoFailedError", 20) == (
        done.code,
        done.json["outcome"],
        done.json["error"]["kind"],
        done.json["merged"],
    )
    assert "merged 20 instead of 21." in done.err


def test_the_sample_is_what_its_program_writes(tmp_path: Path) -> None:
    """Byte for byte, on any day."""
    subprocess.run([sys.executable, MAKE, tmp_path], check=True)
    for file in ("people.csv", "people.json"):
        assert (tmp_path / file).read_bytes() == (demo.SAMPLE / file).read_bytes()


def test_a_few_profiles_are_shown_even_of_few() -> None:
    """One, here."""
    one = {"identifiers": {"email": ["a@example.com"]}, "traits": {"Contact": {"firstName": "Ann"}}}
    assert [("Ann", "", "a@example.com", "", "", "")] == list(demo._some([one]).rows)  # noqa: SLF001 - its own test
