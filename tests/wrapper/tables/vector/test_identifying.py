"""Identifiers of every length, so that what is looked for stands at every place within eight bytes and across them."""

from __future__ import annotations

import pytest
from tests.wrapper.tables.vector.test_agreement import MAPPINGS, OneByOne, found_by

from memory_imports.tables.rules import Options
from memory_imports.tables.vector import Vector


@pytest.mark.parametrize("domain", ["b.c", ".b", "b.", "b..c", "B@c", "b:c", "@", "", "ÿ.c"])
@pytest.mark.parametrize("form", ["{0}@{1},,+4930000001,,", "a@b.c,,+{2}{1},,", "a@b.c,,0{2},,"])
def test_what_makes_an_identifier_a_bad_one_is_seen_wherever_it_stands(domain: str, form: str) -> None:
    """In emails whose first part is 1 to 24 characters long, and in phones as long."""
    rows = [form.format("x" * length, domain, "4" * length) for length in range(1, 25)]
    text = "\n".join(["e,x,p,w,n", *rows, ""]).encode()
    options = Options(blank="overwrite")
    assert found_by(OneByOne(), [text], MAPPINGS, options) == found_by(Vector(), [text], MAPPINGS, options)
