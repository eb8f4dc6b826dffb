"""What somebody else wrote: whatever it repeats, however it is quoted, nothing secret is in what is shown of it."""

import html
import json
import re
from base64 import b64encode
from collections.abc import Callable
from time import perf_counter
from urllib.parse import quote

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.wrapper.test_url import HOST, NEWER, OLDER

from memory_imports import _held
from memory_imports._body import body_of
from memory_imports._effects import Put
from memory_imports._quoted import clean, identifier, in_a_line, scrub
from memory_imports._settings import Credentials
from memory_imports._spelled import meaning
from memory_imports.models import CreatedImport

SECRETS = {NEWER: ("AKIAKEY", "FwoGZXIv", "tokenX", "5f16aa0c0ffee"), OLDER: ("AKIAKEY", "vjby", "PxypBAcOwe3")}
VALUE = "deadbeefLEAKcafe"

Quoting = Callable[[str], str]
QUOTINGS: dict[str, Quoting] = {
    "as it is": str,
    "repr": repr,
    "repr of bytes": lambda text: repr(text.encode()),
    "repr in repr": lambda text: repr(repr(text)),
    "JSON": json.dumps,
    "JSON that escapes": lambda text: json.dumps(text).replace("&", "\\u0026").replace("=", "\\u003D"),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"url": text})),
    "JSON with escaped slashes": lambda text: json.dumps(text).replace("/", "\\/"),
    "HTML": html.escape,
    "HTML in numbers": lambda text: html.escape(text).replace("=", "&#61;"),
    "HTML of JSON": lambda text: html.escape(json.dumps(text)),
    "percent": lambda text: quote(text, safe=""),
    "percent, small letters": lambda text: quote(text, safe="").replace("%3D", "%3d"),
    "percent twice": lambda text: quote(quote(text, safe=""), safe=""),
    "percent of JSON": lambda text: quote(json.dumps(text)),
    "small letters": str.lower,
    "capitals": str.upper,
}
OF_A_URL: dict[str, Quoting] = {
    "a query as a dict": lambda text: repr(dict(pair.split("=", 1) for pair in text.partition("?")[2].split("&"))),
    "headers as pairs": lambda text: repr(
        [tuple(p.encode().split(b"=", 1)) for p in text.partition("?")[2].split("&")]
    ),
}
OF_LETTERS: dict[str, Quoting] = {
    "every letter by percent": lambda text: "".join(f"%{ord(letter):02x}" for letter in text),
    "every letter in JSON": lambda text: "".join(f"\\u{ord(letter):04X}" for letter in text),
    "every letter in a repr": lambda text: "".join(f"\\x{ord(letter):02x}" for letter in text),
    "every letter in HTML": lambda text: "".join(f"&#{ord(letter):04d};" for letter in text),
    "every letter in HTML, by sixteens": lambda text: "".join(f"&#X{ord(letter):x};" for letter in text),
    "unseen signs between letters": "\u200b".join,
    "where a line may break": "<wbr>".join,
}


@pytest.mark.parametrize("quoting", QUOTINGS | OF_A_URL)
@pytest.mark.parametrize("url", [NEWER, OLDER], ids=["newer", "older"])
@settings(deadline=None, max_examples=30)
@given(before=st.text(), after=st.sampled_from(["", " ", "&x=1", "'", '"', "\n", ">", "\\"]))
def test_no_signature_survives_in_any_text(url: str, quoting: str, before: str, after: str) -> None:
    """However a log, an error page or a repr quotes the URL, and although nobody holds it."""
    quoted = (QUOTINGS | OF_A_URL)[quoting](url)
    scrubbed = scrub(before + quoted + after).lower()
    kept = [secret for secret in SECRETS[url] if secret.lower() in scrubbed and secret.lower() not in before.lower()]
    assert [] == kept


SPELLINGS = (
    f"X-Amz-Signature: {VALUE}",
    f"x-amz-signature = {VALUE}",
    f'X-Amz-Signature="{VALUE}"',
    f"X-Amz-Signature='{VALUE}'",
    f"X-Amz-Signature=\n{VALUE}",
    f"X-Amz-Signature\t{VALUE}",
    f"<X-Amz-Signature>{VALUE}</X-Amz-Signature>",
    f"<SignatureProvided>{VALUE}</SignatureProvided>",
    f"<AWSAccessKeyId>{VALUE}</AWSAccessKeyId>",
    f"signature '{VALUE}' does not match",
    f"the signature {VALUE} does not match",
    f"['X-Amz-Signature', '{VALUE}']",
    f"X-Amz-Security-Token: {VALUE}",
    f"X-Goog-Signature={VALUE}",
    f"X-Amz-Signature%3A{VALUE}",
    f"X-Amz-%53ignature={VALUE}",
    f"X%2DAmz%2DSignature%3D{VALUE}",
    f"X-Amz-Signature=3D{VALUE}",
    f"X-Amz-Signature=&quot;{VALUE}",
    f"X-Amz-Signature&equals;{VALUE}",
    f"X-Amz-Signature&#061;{VALUE}",
    f"X-Amz-Signature&#x03D;{VALUE}",
    f"X-Amz-Signature\\x3d{VALUE}",
    f"X-Amz-Sig\u200bnature={VALUE}",
    f"Signature={VALUE[:8]}<wbr>{VALUE[8:]}",
    f"Authorization: Basic {VALUE}",
    f"authorization: bearer {VALUE}",
    "Authorization: Basic LEAK",
    "(b'authorization', b'Basic LEAK')",
    '{"Authorization": "LEAK"}',
    f"not signed in by Basic {VALUE}",
)


@pytest.mark.parametrize("text", SPELLINGS, ids=ascii)
def test_whatever_stands_between_a_name_and_its_value(text: str) -> None:
    """Signs, blanks, tags or a line: what follows the name of a signature is one."""
    assert "LEAK" not in scrub(text)


@pytest.mark.parametrize(
    "text",
    [f"http://h/p?sig={VALUE}", f"HTTPS://h/p?sig={VALUE}", f"h/p?sig={VALUE}&se=2026", f"https://h/p?{VALUE}"],
)
def test_no_query_survives_where_it_may_sign_in_a_way_unknown_to_us(text: str) -> None:
    """With a scheme in whatever letters, and without one."""
    assert f"{text.partition('?')[0]}?***" == clean(text)


@pytest.mark.parametrize("url", [NEWER, OLDER])
def test_scrubbing_keeps_what_helps(url: str) -> None:
    """The place, the names and the expiry stay readable."""
    scrubbed = scrub(f"PUT {url} failed")
    assert scrubbed.startswith(f"PUT {HOST}/a.csv?")
    assert scrubbed.endswith(" failed")
    assert "Expires=1" in scrubbed
    assert "ignature=***" in scrubbed
    assert scrubbed == scrub(scrubbed)


@given(st.text(alphabet=st.characters(exclude_characters="=%\\&\"':>")))
def test_scrubbing_leaves_other_text_alone(text: str) -> None:
    """Where nothing is assigned nothing is replaced, not even the name of an error."""
    assert f"SignatureDoesNotMatch: {text}" == scrub(f"SignatureDoesNotMatch: {text}")


@pytest.mark.parametrize(
    "text",
    [
        "The request signature we calculated does not match the signature you provided.",
        "HTTP Basic authentication required",
        "100% of &unknown; \\o/ 5 %zz",
        "is it? yes",
    ],
)
def test_prose_stays_as_it_is(text: str) -> None:
    """Names of things are no things."""
    assert text == clean(text)


def plain(text: str) -> bool:
    """Say whether a text could be a secret, and is one that does not look as if something were quoted in it."""
    is_long = len(text.rstrip("=")) >= _held.SHORTEST
    return is_long and text == text.strip() == meaning(text) and "*" not in text


SECRET = st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), min_size=8, max_size=40)
# No quoting begins in what stands before: that would be another secret.
AROUND = st.text(st.characters(codec="utf-8", exclude_characters="\\%&<*"), max_size=20)
# And none ends in what stands after: half of one at the end of a secret would become a whole.
AFTER = AROUND.filter(lambda text: not re.match(r"[\w#;]", text, re.ASCII))
HOLDERS: dict[str, Callable[[str], object]] = {
    "credentials": lambda secret: Credentials("SK0", secret),
    "a created import": lambda secret: CreatedImport(
        import_id="mem_import_x", url=f"{HOST}/?token={quote(secret, safe='')}", file_size=1
    ),
    "an upload": lambda secret: Put(
        url=f"{HOST}/?token={quote(secret, safe='')}",
        import_id="mem_import_x",
        body=body_of(b"x"),
        headers={},
        on_sent=lambda _: None,
    ),
}


@pytest.mark.parametrize("quoting", QUOTINGS | OF_LETTERS)
@pytest.mark.parametrize("holder", HOLDERS)
@settings(deadline=None, max_examples=40)
@given(secret=SECRET.filter(plain), before=AROUND, after=AFTER)
def test_no_secret_that_is_held_survives_in_any_text(
    holder: str, quoting: str, secret: str, before: str, after: str
) -> None:
    """Whoever holds it, whatever it looks like, in all these spellings, between any words."""
    assume(secret.lower() not in meaning(before).lower() + meaning(after).lower())
    _held.forget()
    HOLDERS[holder](secret)
    spelled = (QUOTINGS | OF_LETTERS)[quoting](secret)
    shown = scrub(before + spelled + after)
    assert "***" in shown
    assert secret.lower() not in meaning(shown).lower()
    assert spelled not in shown
    assert spelled not in in_a_line(before + spelled + after, 10_000)


@pytest.mark.parametrize(
    ("secret", "text", "shown"),
    [
        ("000000\\%0", "got 000000\\%00", "got ***0"),
        ("0000000\\X00", "got " + "\u200b".join("0000000\\X00"), "got ***"),
        ("s3cret%41word", "got s3cret%41word", "got ***"),
        ("s3cret%41word", "got s3cret%2541word", "got ***"),
        ("s3cret&amp;word", "got s3cret&amp;amp;word", "got ***"),
    ],
)
@pytest.mark.parametrize("holder", HOLDERS)
def test_a_secret_that_looks_quoted_is_known_as_it_was_meant(holder: str, secret: str, text: str, shown: str) -> None:
    """In a URL it is quoted once more; what it is then may look quoted, and may not be."""
    _held.forget()
    HOLDERS[holder](secret)
    assert shown == scrub(text)


def test_the_value_that_signs_in_is_known_again() -> None:
    """Of a header that is repeated, with or without what fills it up."""
    Credentials("SK01", "s3cret-word")
    basic = b64encode(b"SK01:s3cret-word").decode()
    assert basic.endswith("=")
    assert ["got ***", "got ***", "id ***-1"] == [
        scrub(text) for text in (f"got {basic.rstrip('=')}", f"got {basic.lower().rstrip('=')}", "id S3CRET-WORD-1")
    ]


def test_what_signs_a_url_is_known_again_without_its_name() -> None:
    """Signature, token and key; not what is open in a URL, such as its date, or names the import."""
    url = f"{NEWER}&import=mem_import_0123456789&x-id=PutObject"
    CreatedImport(import_id="mem_import_x", url=url, file_size=1)
    shown = scrub(
        "5f16aa0c0ffee FwoGZXIv/+tokenX AKIAKEY/20261001/us-west-2/s3/aws4_request mem_import_0123456789 PutObject "
        "AWS4-HMAC-SHA256 20261001T120000Z 1800 host"
    )
    assert "*** *** *** mem_import_0123456789 PutObject AWS4-HMAC-SHA256 20261001T120000Z 1800 host" == shown
    CreatedImport(import_id="mem_import_x", url="https://[", file_size=1)


def test_an_access_key_is_known_without_its_scope() -> None:
    """As older signatures name it."""
    CreatedImport(import_id="mem_import_x", url=f"{HOST}/?X-Amz-Credential=AKIAEXAMPLE%2F20261001", file_size=1)
    assert "key ***" == scrub("key AKIAEXAMPLE")


def test_only_the_latest_are_held() -> None:
    """A process that runs for years does not gather secrets, and uploads do not drive out credentials."""
    Credentials("SK0", "the-credentials")
    for number in range(2000):
        CreatedImport(import_id="mem_import_x", url=f"{HOST}/?token=signed-{number:04}", file_size=1)
    assert "*** signed-0000 ***" == scrub("the-credentials signed-0000 signed-1999")


def test_a_short_secret_is_no_reason_to_spoil_words() -> None:
    """Nobody has one; a test or an example may."""
    Credentials("a", "b")
    assert "a bare word" == scrub("a bare word")


def test_what_somebody_else_says_stands_in_a_sentence() -> None:
    """On one line, without what steers a terminal or signs a URL, and not without an end."""
    said = "a\r\n::error::\x1b[2J\x9b b?X-Amz-Signature=abc " + "x" * 999
    assert "a ::error:: [2J b?X-Amz-Signature=*** x" == in_a_line(said, 39)
    assert 300 == len(in_a_line(said))
    assert "" == in_a_line("\n")


@pytest.mark.parametrize("gap", [" ", "\u200b", "\\"])
def test_a_secret_at_a_cut_is_not_shown_in_half(gap: str) -> None:
    """However little of a long text is left in the end."""
    Credentials("SK0", "the-credentials")
    for before in range(32 * 1024 - 20, 32 * 1024 + 2):
        assert "cred" not in in_a_line(gap * before + "the-credentials and more", 40_000)


@pytest.mark.parametrize(
    "unit", ["\\", "%", "%25", "&amp;", "&#", "http://", "Signature", "Signature ", "Basic ", "<wbr", '"', "?"]
)
def test_looking_takes_time_that_grows_with_the_text(unit: str) -> None:
    """No text makes the patterns go back and forth: a second would be a thousand times too long."""
    Credentials("SK0", "the-credentials")
    text = unit * (60_000 // len(unit))
    began = perf_counter()
    clean(text)
    in_a_line(text * 50)
    assert perf_counter() - began < 5


@pytest.mark.parametrize("text", ["RQ1", "0a-b_c.d", "x" * 64, "tx0000-default"])
def test_an_id_is_what_looks_like_one(text: str) -> None:
    """Letters, digits and the signs that ids have between them."""
    assert text == identifier(text)


@pytest.mark.parametrize("text", ["", "x" * 65, "a b", "Basic U0s6", "a\n", "ä", "-a", "ann@example.com", "a/b", "a=b"])
def test_what_does_not_look_like_an_id_is_none(text: str) -> None:
    """It could be anything that a server wants to see written down."""
    assert identifier(text) is None


def test_a_secret_is_no_id() -> None:
    """Although it looks like one."""
    Credentials("SK0", "0123456789abcdef")
    assert identifier("0123456789abcdef") is None
    assert identifier("RQ-0123456789ABCDEF") is None


def test_quoting_is_taken_back_to_a_depth_that_nobody_reaches_by_accident() -> None:
    """Seven times over a secret is known again; and deeper than that the search comes to its end."""
    Credentials("SK0", "the credentials")
    spelled = "the credentials"
    for depth in range(12):
        assert (depth > 7) == ("***" not in scrub(spelled)), depth
        spelled = quote(spelled)
