"""Every rule that a change can be filed under, as a table: its name, its severity on each side, and its sentence.

The severity is the client's: a request that may be refused and an answer that may surprise break; the reverse is
compatible; what nobody on the wire can see is a note.
"""

from attrs import frozen

from memory_imports_contract.findings import Severity
from memory_imports_contract.spec.effects import Effect, kebab

BREAKS, FITS, NOTE = Severity.BREAKING, Severity.COMPATIBLE, Severity.NOTE
SEVERITIES = {
    Effect.TIGHTENED: {"request": BREAKS, "answer": FITS},
    Effect.LOOSENED: {"request": FITS, "answer": BREAKS},
    Effect.CHANGED: {"request": BREAKS, "answer": BREAKS},
}
ADVICE = {
    (BREAKS, "request"): "Requests of today may be refused or misread: adopt it and release before the service turns.",
    (BREAKS, "answer"): "The client may not find what it reads, or take the answer for a broken contract: adopt it.",
    (FITS, "request"): "Requests of today stay good; adopt it to use what is new.",
    (FITS, "answer"): "Answers of tomorrow are ones that the client knows; adopt it when convenient.",
    (NOTE, "request"): "Nothing changes on the wire; nothing to do.",
    (NOTE, "answer"): "Nothing changes on the wire; nothing to do.",
}


@frozen
class Rule:
    """A rule; ``what`` is its sentence, where {name}, {old}, {new}, and of lists {gone} and {fresh} are filled in."""

    name: str
    request: Severity
    answer: Severity
    what: str

    def severity(self, side: str) -> Severity:
        """Return the severity on one side of the wire."""
        return self.request if side == "request" else self.answer


def by_effect(name: str, effect: Effect, what: str) -> Rule:
    """Return a rule whose severity follows from its effect."""
    return Rule(name, SEVERITIES[effect]["request"], SEVERITIES[effect]["answer"], what)


_BOUNDS = {
    **dict.fromkeys(("maximum", "maxLength", "maxItems", "maxProperties"), ("lowered", "raised")),
    **dict.fromkeys(("minimum", "minLength", "minItems", "minProperties"), ("raised", "lowered")),
    **dict.fromkeys(("type", "format", "pattern", "multipleOf"), ("narrowed", "widened")),
    "uniqueItems": ("added", "removed"),
    "nullable": ("removed", "added"),
}
_SETS = ("type", "format", "pattern", "multipleOf")


def _keyword_rules() -> list[Rule]:
    rules = []
    for keyword, (tight, loose) in _BOUNDS.items():
        name = kebab(keyword)
        rules.append(
            by_effect(f"{name}-{tight}", Effect.TIGHTENED, f"`{keyword}` allows less: {{old}} became {{new}}.")
        )
        rules.append(by_effect(f"{name}-{loose}", Effect.LOOSENED, f"`{keyword}` allows more: {{old}} became {{new}}."))
        if keyword not in ("uniqueItems", "nullable"):
            rules.append(by_effect(f"{name}-added", Effect.TIGHTENED, f"`{keyword}` is new: {{new}}."))
            rules.append(by_effect(f"{name}-removed", Effect.LOOSENED, f"`{keyword}` is gone; it was {{old}}."))
    rules += [
        by_effect(f"{kebab(keyword)}-changed", Effect.CHANGED, f"`{keyword}` differs: {{old}} became {{new}}.")
        for keyword in _SETS
    ]
    return rules


RULES = {
    rule.name: rule
    for rule in (
        *_keyword_rules(),
        by_effect("enum-added", Effect.TIGHTENED, "`enum` is new: {new}."),
        by_effect("enum-removed", Effect.LOOSENED, "`enum` is gone; it was {old}."),
        by_effect("enum-words-added", Effect.LOOSENED, "`enum` has new words: {fresh}."),
        by_effect("enum-words-removed", Effect.TIGHTENED, "`enum` lost words: {gone}."),
        by_effect("enum-words-changed", Effect.CHANGED, "`enum` lost words and has new ones: {gone} became {fresh}."),
        by_effect("keyword-added", Effect.TIGHTENED, "The rule `{name}` is new: {new}."),
        by_effect("keyword-removed", Effect.LOOSENED, "The rule `{name}` is gone; it was {old}."),
        by_effect("keyword-changed", Effect.CHANGED, "The rule `{name}` differs: {old} became {new}."),
        by_effect("alternative-added", Effect.LOOSENED, "One more shape is allowed."),
        by_effect("alternative-removed", Effect.TIGHTENED, "A shape is no longer allowed."),
        # Properties. What the client reads or sends by name is lost when the name is.
        Rule("property-added", FITS, FITS, "The property `{name}` is new and optional."),
        Rule("required-property-added", BREAKS, FITS, "The property `{name}` is new and required."),
        Rule("property-removed", BREAKS, BREAKS, "The property `{name}` is gone."),
        Rule("property-renamed", BREAKS, BREAKS, "The property {old} is now called {new}."),
        by_effect("property-now-required", Effect.TIGHTENED, "The property `{name}` is now required."),
        by_effect("property-now-optional", Effect.LOOSENED, "The property `{name}` is no longer required."),
        by_effect("additional-properties-closed", Effect.TIGHTENED, "Properties that are not named are now excluded."),
        by_effect("additional-properties-opened", Effect.LOOSENED, "Properties that are not named are now allowed."),
        by_effect("additional-properties-limited", Effect.TIGHTENED, "Properties that are not named now have a rule."),
        by_effect("additional-properties-freed", Effect.LOOSENED, "Properties that are not named lost their rule."),
        by_effect("items-limited", Effect.TIGHTENED, "Items now have a rule."),
        by_effect("items-freed", Effect.LOOSENED, "Items lost their rule."),
        # The behaviour for whoever leaves the value out; no answer depends on it.
        Rule("default-changed", BREAKS, NOTE, "The default went from {old} to {new}."),
        Rule("default-removed", BREAKS, NOTE, "The default {old} is no longer promised."),
        Rule("default-added", FITS, NOTE, "The default is now stated as {new}."),
        # Parameters and bodies that are sent.
        Rule("parameter-added", FITS, FITS, "The parameter {new} is new and optional."),
        Rule("required-parameter-added", BREAKS, BREAKS, "The parameter {new} is new and required."),
        Rule("parameter-removed", BREAKS, BREAKS, "The parameter {old} is gone."),
        Rule("parameter-renamed", BREAKS, BREAKS, "The parameter {old} is now called {new}."),
        Rule("parameter-moved", BREAKS, BREAKS, "The parameter `{name}` went from the {old} to the {new}."),
        Rule("parameter-now-required", BREAKS, BREAKS, "The parameter `{name}` is now required."),
        Rule("parameter-now-optional", FITS, FITS, "The parameter `{name}` is no longer required."),
        Rule("parameter-encoding-changed", BREAKS, BREAKS, "The parameter `{name}` is written otherwise."),
        Rule("path-parameter-renamed", NOTE, NOTE, "The path's {old} is called {new}; names in a path do not travel."),
        Rule("body-added", FITS, FITS, "A body may now be sent."),
        Rule("required-body-added", BREAKS, BREAKS, "A body must now be sent."),
        Rule("body-removed", BREAKS, BREAKS, "No body is sent any longer."),
        Rule("body-now-required", BREAKS, BREAKS, "The body is now required."),
        Rule("body-now-optional", FITS, FITS, "The body is no longer required."),
        Rule("media-type-added", FITS, BREAKS, "The media type {new} is new."),
        Rule("media-type-removed", BREAKS, BREAKS, "The media type {old} is gone."),
        Rule("media-type-changed", BREAKS, BREAKS, "The media type {old} became {new}."),
        # Answers. The client takes every undocumented status for a broken contract.
        Rule("status-added", BREAKS, BREAKS, "The status {new} is new."),
        Rule("status-removed", FITS, FITS, "The status {old} no longer comes."),
        Rule("success-removed", BREAKS, BREAKS, "The success {old} no longer comes."),
        Rule("success-changed", BREAKS, BREAKS, "Success is now {new}, no longer {old}."),
        Rule("answer-body-added", FITS, FITS, "The answer now has a body."),
        Rule("answer-body-removed", BREAKS, BREAKS, "The answer no longer has a body."),
        Rule("header-added", FITS, FITS, "The header {new} is new."),
        Rule("header-removed", BREAKS, BREAKS, "The header {old} is gone."),
        Rule(
            "header-undeclared",
            NOTE,
            NOTE,
            "The vendor does not declare its request id; it never did, and sends it all the same.",
        ),
        Rule("header-now-required", FITS, FITS, "The header `{name}` is now promised."),
        Rule("header-now-optional", BREAKS, BREAKS, "The header `{name}` is no longer promised."),
        # Where the operations are, and who may use them.
        Rule("operation-missing", BREAKS, BREAKS, "The operation {old} is gone."),
        Rule("operation-added", FITS, FITS, "The operation {new} is there; the base does not have it."),
        Rule("operation-moved", BREAKS, BREAKS, "The operation moved from {old} to {new}."),
        Rule("server-changed", BREAKS, BREAKS, "The server {old} became {new}."),
        Rule("server-added", NOTE, NOTE, "There is one more server: {new}."),
        Rule("security-changed", BREAKS, BREAKS, "Signing in by {old} is gone; there is {new}."),
        Rule("security-dropped", FITS, FITS, "Signing in is no longer asked for; it was {old}."),
        Rule("security-added", FITS, FITS, "There is one more way to sign in: {new}."),
        # What people read.
        Rule("operation-id-changed", NOTE, NOTE, "The operation is now named {new}."),
        Rule("deprecated-added", NOTE, NOTE, "It is now marked as deprecated: it works, but not forever."),
        Rule("deprecated-removed", NOTE, NOTE, "It is no longer marked as deprecated."),
        Rule("words-changed", NOTE, NOTE, "Titles, descriptions or other words for people differ."),
        Rule("examples-changed", NOTE, NOTE, "Examples differ."),
        Rule("extensions-changed", NOTE, NOTE, "Extensions (x-...) differ."),
        Rule("ignore-expired", NOTE, NOTE, "An entry of the ignore file has expired: {old}."),
        Rule("ignore-unused", NOTE, NOTE, "An entry of the ignore file matches nothing: {old}."),
    )
}
