"""What is said of each planted change is what was read and kept: values, place, words and notes."""

import json

import pytest

from memory_imports_contract.spec.document import Document

from .pair import Spec
from .sentences import ALL, FILE, said

KEPT = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ALL)
def test_every_word_is_the_one_that_was_kept(name: str, packaged: Spec, client: Document) -> None:
    """Whoever changes a sentence on purpose writes the file anew, and reads what changed."""
    assert KEPT[name] == said(name, packaged, client)


def test_nothing_is_kept_of_what_is_gone() -> None:
    """Each name in the file is one of a planted change."""
    assert list(ALL) == list(KEPT)
