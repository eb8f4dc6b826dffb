"""Expressions are compared by what they match, whatever their letters, and never for longer than they are worth."""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports_contract.spec import automata
from memory_imports_contract.spec.patterns import Pattern, pattern

STORE = "^mem_(store|service)_[0-7][0-9a-z]{25}$"
EQUAL = (
    (STORE, "^mem_(?:service|store)_[0-7][a-z0-9]{25,25}$"),
    (STORE, r"^(mem\_s(tore|ervice)\_[01234567](?:[\da-z]){25})$"),
    (STORE, "^mem_store_[0-7][0-9a-z]{25}$|^mem_service_[0-7][0-9a-z]{25}$"),
    ("^[0-9]+$", r"^\d{1,}$"),
    ("a+", "aa*"),
    ("^a?$", "^(?<name>a{0,1})?$"),
    ("^a+?$", "^a+$"),
    (r"\.csv$", "[.]csv$"),
    (r"^[\w-]+$", r"^[-a-zA-Z0-9_]*[-\w]$"),
    ("^[^a-y]$", r"^[^a-cd-y]$"),
    ("^[]$", "^[]b$"),
    (r"^\D$", r"^[^\d]$"),
    (r"^\x41\u0042\n$", "^AB\n$"),
    (r"^[\b\t]$", r"^[\t\x08]$"),
    ("^.$", r"^[^\r\n\u2028\u2029]$"),
    ("", ".*"),
    ("^", "a?"),
    (r"[\s\S]*", "$"),
    ("(^|x)a", "^a|xa"),
    ("x{", r"x\{"),
    ("a|b", "b|a"),
    ("^[0-9A-Za-z]{1,4096}$", "^[A-Za-z0-9]{1,4096}$"),
    ("(a|b)*a(a|b){20}", "(?:b|a)*a[ab]{20}"),
)
# What makes naive readers of expressions take hours, or fall.
BOMBS = (
    "((a{1,50}){1,50}){1,50}",
    "(x+x+)+y",
    "(a|a)*" * 20,
    f"^{'a?' * 200}{'a' * 200}$",
    "(" * 5000 + ")" * 5000,
    "(.*a){30}",
    f"^({'|'.join(f'w{number}' for number in range(2000))})$",
    "a{999999999}",
)
NOT_UNDERSTOOD = (
    "(?=a)b",
    r"(a)\1",
    r"\bword",
    r"\p{L}",
    "[a",
    "(a",
    "a)",
    "*a",
    "[z-a]",
    r"[\d-z]",
    "a{2,1}",
    "a**",
    "\\",
)
UNTIMED = settings(deadline=None)
# Small expressions over two letters, to be tried on every short text.
small = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "[^a]", ".", ""]),
    lambda inner: st.one_of(
        st.builds("(?:{})(?:{})".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("(?:{}){}".format, inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{1,}"])),
    ),
    max_leaves=5,
)
whole = st.builds("{}(?:{}){}".format, st.sampled_from(["", "^"]), small, st.sampled_from(["", "$"]))
TEXTS = ["".join(letters) for length in range(5) for letters in product("ab", repeat=length)]


def matched(expression: str) -> set[str]:
    """The short texts in which Python finds an expression."""
    return {text for text in TEXTS if re.search(expression, text)}


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_two_spellings_are_one_expression(one: str, other: str) -> None:
    """Groups, escapes, classes, counts and orders are spelling; the text stays as it was written."""
    assert pattern(one) == pattern(other)
    assert str(pattern(one)) == str(pattern(other))
    assert (one, other) == (pattern(one).text, pattern(other).text)


@UNTIMED
@given(one=whole, other=whole)
def test_what_is_said_of_two_expressions_holds_for_every_short_text(one: str, other: str) -> None:
    """Equal ones match the same, and one that covers another matches all that the other does."""
    first, second = pattern(one), pattern(other)
    if first == second:
        assert matched(one) == matched(other)
    assert first.covers(second) <= (matched(other) <= matched(one))
    assert not matched(one) or first.shortest == min(map(len, matched(one)))
    assert first.longest is None or all(len(text) <= first.longest for text in matched(one))


@UNTIMED
@given(one=small, other=small)
def test_a_choice_covers_what_it_chooses_from(one: str, other: str) -> None:
    """And is covered only by what matches as much."""
    either, first = pattern(f"^(?:{one}|{other})$"), pattern(f"^(?:{one})$")
    assert either.covers(first)
    assert first.covers(either) == (first == either)


@pytest.mark.parametrize(
    ("text", "shortest", "longest"),
    [(STORE, 36, 38), ("a", 1, None), ("^a{2,5}$", 2, 5), ("^(a|bcd)?$", 0, 3), ("^[]$", 0, 0), ("b^a", 0, 0)],
)
def test_how_long_a_text_can_be_follows_from_the_expression(text: str, shortest: int, longest: int | None) -> None:
    """Without an anchor on both sides it has no end."""
    assert (shortest, longest) == (pattern(text).shortest, pattern(text).longest)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_not_understood_is_compared_by_its_letters(text: str) -> None:
    """It is like itself, covers nothing else, and implies no length."""
    assert Pattern(text, text) == pattern(text)
    assert pattern(text).covers(pattern(text))
    assert not pattern(text).covers(pattern("a"))
    assert not pattern("").covers(pattern(text))


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("a{2}b|c{3}", "c{3}|aab", False),
        ("a{2}b|c{3}", "(?:c{3}|a{2}b)", True),
        ("a{2}b|c{3}", "a{2}b|c{4}", False),
        ("a{2}b|c{3}", "ba{2}|c{3}", False),
        ("a{2}b|c{3}", "a{2}[bd]|c{3}", False),
        ("a{2}[a-c]", "a{2}(b|a|c)", True),
    ],
)
def test_what_is_too_large_is_compared_as_it_is_built(
    one: str,
    other: str,
    is_one: bool,  # noqa: FBT001 - pytest names it
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The order of a choice is spelling; that of a row, the signs and the counts are not."""
    monkeypatch.setattr(automata, "_MOST_STEPS", 0)
    pattern.cache_clear()
    assert isinstance(pattern(one).meaning, str)
    assert is_one is (pattern(one) == pattern(other))
    pattern.cache_clear()


@pytest.mark.parametrize("text", BOMBS, ids=lambda text: text[:20])
def test_an_expression_that_explodes_is_given_up(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many steps, wherever they go; what comes of it is like itself."""
    monkeypatch.setattr(automata, "_MOST_STEPS", 5_000)
    pattern.cache_clear()
    found = pattern(text)
    pattern.cache_clear()
    assert found == pattern(text)
    pattern.cache_clear()
