"""Mapping files that nobody meant: a mapping, or one sentence; never an object, a hang or a traceback."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from memory_imports.cli.columns import columns_of
from memory_imports.cli.stops import UsageError
from tests.fuzz.oracle import bounded, examples

BITS = (
    *("columns:", "\n", "  ", "- ", "? ", ": ", "&a ", "*a", "<<: ", "!!python/object/apply:os._exit [9]", "!!set "),
    *("{", "}", "[", "]", ", ", "'", '"', "#", "|\n", ">-\n", "---\n", "...\n", "%YAML 9.9\n", "%TAG ! x\n", "\t"),
    *(
        "a",
        "email: Contact.email",
        "~",
        "yes",
        "0x1F",
        "2024-01-01",
        '"\\UFFFFFFFF"',
        '"\\ud800"',
        "\ufeff",
        "\x85",
        "é",
    ),
)


def read(file: Path) -> dict[str, str]:
    """Return what a file maps, nothing if it is refused in a sentence."""
    with bounded():
        try:
            return columns_of([], str(file))
        except UsageError as refused:
            return {} if refused.message.endswith(".") else {"no sentence": refused.message}


@given(content=st.lists(st.sampled_from(BITS) | st.text(max_size=3), max_size=30).map("".join))
@examples(200)
def test_a_mapping_is_pairs_of_text_or_it_is_refused(tmp_path: Path, content: str) -> None:
    """Whatever YAML makes of it."""
    file = tmp_path / "mapping.yaml"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    found = read(file)
    assert "no sentence" not in found
    assert all(isinstance(word, str) for pair in found.items() for word in pair)


@given(content=st.binary(max_size=100))
@examples(100)
def test_bytes_are_a_mapping_or_refused(tmp_path: Path, content: bytes) -> None:
    """In any encoding, or none."""
    file = tmp_path / "mapping.yaml"
    file.write_bytes(b"columns: {" + content)
    assert "no sentence" not in read(file)
