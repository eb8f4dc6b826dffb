"""Environments that hold anything, in every variable that is read here or by what is used here."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.terminal import Terminal
from tests.fuzz.oracle import SECRET, environment, examples, judge, ran

OURS = ("API_KEY", "API_SECRET", "ACCOUNT_SID", "AUTH_TOKEN", "MEMORY_STORE_ID", "MEMORY_BASE_URL")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "https_proxy", "no_proxy")
PLACES = ("HOME", "XDG_STATE_HOME", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE", "NETRC")
LOOKS = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "COLORTERM", "LANG", "LC_ALL", "TZ", "PYTHONIOENCODING")
NAMES = (*(f"TWILIO_{name}" for name in OURS), *PROXIES, *PLACES, *LOOKS)
JUNK = (
    *(
        "",
        " ",
        "0",
        "-1",
        "²",
        "9" * 30,
        "9" * 5000,
        "x" * 5000,
        "é\udcff",
        "\x1b[2J",
        "a\nb",
        "::error::x",
        ".",
        "relative",
    ),
    *(
        f"http://u:{SECRET}@[::1",
        f"http://u:{SECRET}@h:port",
        f"https://u:{SECRET}@nowhere.invalid",
        f"socks5://u:{SECRET}@x",
    ),
    *(
        "https://nowhere.invalid",
        "http://nowhere.invalid",
        "http://127.0.0.1:9",
        "file:///etc/passwd",
        "/dev/null",
        "//",
        "%",
    ),
)
junk = st.sampled_from(JUNK) | st.text(st.characters(exclude_characters="\0/"), max_size=12)
PAIRS = ("--map", "email=Contact.email", "--map", "name=Contact.firstName")
COMMANDS: tuple[list[str], ...] = (
    ["list", "--json"],
    ["status", "mem_import_" + 26 * "0"],
    ["jobs", "--json"],
    ["check", "people.csv", "--map", "email=Contact.email", "--map", "name=Contact.firstName"],
    [
        "run",
        "people.csv",
        "--map",
        "email=Contact.email",
        "--map",
        "name=Contact.firstName",
        "--blank",
        "keep",
        "--yes",
    ],
    ["--help"],
)


@pytest.mark.parametrize("stream", [io.StringIO, Terminal], ids=["pipe", "terminal"])
@given(words=st.sampled_from(COMMANDS), given_=st.dictionaries(st.sampled_from(NAMES), junk, min_size=1, max_size=3))
@examples(50)
def test_any_environment_is_usable_or_refused(
    stream: type[io.StringIO], tmp_path: Path, people: Path, words: list[str], given_: dict[str, str]
) -> None:
    """Nothing of it is repeated that may be secret."""
    assert people.exists()
    env = {name: _encodable(value) for name, value in given_.items()}
    # The store's id is no secret, and is shown.
    env |= {name: value.replace(SECRET, "") for name, value in env.items() if name == "TWILIO_MEMORY_STORE_ID"}
    far = {"TWILIO_MEMORY_BASE_URL": "https://nowhere.invalid"} if set(env) & {*PROXIES, *PLACES} else {}
    judge(ran(words, environment(tmp_path, **(far | env)), stream=stream), words)


def _encodable(value: str) -> str:
    """What the system can hold: half a character only where a byte stands for it."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape") if _is_fine(value) else ""


def _is_fine(value: str) -> bool:
    try:
        value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True
