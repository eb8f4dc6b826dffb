"""Rules broken on purpose, each by its name: what the simulation must notice, or it notices nothing."""

from collections.abc import Mapping
from contextlib import nullcontext
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

from attrs import frozen

from memory_imports._flow.parts import run_parts
from memory_imports._flow.run import run
from memory_imports._flow.wait import wait
from memory_imports._policy import judge_call, judge_put
from tests.simulation import bad_rules as bad

_FLOW = "memory_imports._flow"
_JOURNAL = "memory_imports.jobs.journal:Journal"
_HERE = "tests.simulation"


@frozen
class Mutation:
    """``what`` stands at ``target`` (``module:``, a path in it) while the rule is broken."""

    target: str
    what: Any

    def planted(self) -> Any:  # noqa: ANN401 - what `patch` gives
        """Break the rule in a ``with`` block."""
        holder, _, name = self.target.rpartition(".")
        return patch.object(resolve_name(holder), name, self.what)


MUTATIONS: Mapping[str, Mutation] = {
    # The journal
    "no journal line is written": Mutation(f"{_JOURNAL}.write", lambda *_: None),
    "a journal that cannot be written does not matter": Mutation(f"{_JOURNAL}.write", bad.write_if_possible),
    "journal lines are kept until an import has ended": Mutation(f"{_JOURNAL}.write", bad.write_at_the_end),
    "nobody claims a job": Mutation(f"{_JOURNAL}.claim", lambda *_: nullcontext()),
    "nobody looks for another job of the same file": Mutation(
        "memory_imports.jobs.job:.clear_the_way", lambda *_, **__: None
    ),
    "an import is created before that is recorded": Mutation(f"{_FLOW}.run:._create", bad.create_first),
    "a file is sent before that is recorded": Mutation(f"{_FLOW}.parts:.run", bad.without(run, "uploading")),
    # Lost answers
    "a create is repeated blindly": Mutation(f"{_FLOW}.create:._left_behind", bad.answering([])),
    "a file is sent again without asking for the status": Mutation(
        f"{_FLOW}.upload:.has_arrived", bad.answering(value=False)
    ),
    "an error of the API means that nothing was done": Mutation(f"{_FLOW}.retry:.judge_call", bad.trusting(judge_call)),
    "an error of the object store means that nothing was kept": Mutation(
        f"{_FLOW}.retry:.judge_put", bad.trusting(judge_put)
    ),
    # Going on
    "an interrupted upload has not arrived": Mutation(f"{_FLOW}.resume:.has_arrived", bad.answering(value=False)),
    "an interrupted upload has arrived": Mutation(f"{_FLOW}.resume:.has_arrived", bad.answering(value=True)),
    "what was sent is sent again": Mutation(f"{_FLOW}.run:.resume", bad.resume_anew),
    "nobody looks for what an interrupted create made": Mutation(f"{_FLOW}.resume:.find_orphans", bad.answering([])),
    "parts that went in are sent again": Mutation("memory_imports.jobs.job:._earlier", lambda *_: {}),
    "a part that failed went in": Mutation(
        "memory_imports.jobs.entries:Entry.went_in", property(lambda entry: entry.stage == "ended")
    ),
    "what was made for nothing is not kept": Mutation(f"{_FLOW}.run:._left", lambda _: {}),
    # Other versions of a file
    "what is sent anew is what was known": Mutation(f"{_JOURNAL}.clear", lambda *_: None),
    "a version that is half in makes way for another": Mutation(
        "memory_imports.jobs.rivals:.half_done", lambda *_: None
    ),
    "a version that is under way makes way for another": Mutation(
        "memory_imports.jobs.rivals:._see_to_its_end", lambda *_: None
    ),
    "a version that was overtaken is done": Mutation(f"{_JOURNAL}.is_last", lambda *_: True),
    # Many parts
    "a part waits for nobody": Mutation(f"{_FLOW}.parts:_Parts._is_in", lambda *_: True),
    "a part waits for an end, good or bad": Mutation(
        f"{_FLOW}.parts:_Parts._is_in", lambda crew, index: index in crew.results
    ),
    "more parts are under way than may be": Mutation(f"{_FLOW}.parts:._Parts", bad.Crowd),
    "the problem of a part is not told": Mutation(f"{_FLOW}.parts:._Parts", bad.Silent),
    "the last part is forgotten": Mutation(
        f"{_FLOW}.file:.run_parts", lambda all_, *given, **named: run_parts(all_[:1], *given, **named)
    ),
    # What is told
    "rows that did not go in are not told of": Mutation(
        f"{_FLOW}.summary:._outcome",
        lambda found, _: "failed" if any(part.state == "FAILED" for part in found) else "completed",
    ),
    "what failed is told as completed": Mutation(f"{_FLOW}.summary:._outcome", lambda *_: "completed"),
    "what failed is told as without errors": Mutation(f"{_FLOW}.run:._follow", bad.whitewashed),
    "what is processed is told as ended": Mutation(
        "memory_imports.models:ImportStatus.ended", property(lambda status: status.state != "PENDING")
    ),
    "an error does not name its import": Mutation(f"{_FLOW}.wait:.fetch_reply", bad.fetch_unnamed),
    # Bounds
    "the deadline is ignored": Mutation(f"{_FLOW}.run:.wait", bad.patient(wait, timeout=10.0**6)),
    "a file is sent until it is there": Mutation(f"{_FLOW}.upload:.persist", bad.tireless),
    "an import is asked for until there is one": Mutation(f"{_FLOW}.create:.persist", bad.tireless),
    "Retry-After is ignored": Mutation("memory_imports._policy:.retry_after", lambda *_: None),
    "there is no pause between two looks": Mutation("memory_imports._policy:Polling.pause", lambda *_: 0.0),
    # Strangers
    "a redirect is followed with credentials": Mutation(f"{_HERE}.process:.Loop", bad.Redirected),
    "a file follows every redirect": Mutation(f"{_FLOW}.upload:.redirected", lambda _, location: location),
    "credentials go to the object store": Mutation(f"{_HERE}.faults.kind:.request_of", bad.request_with_credentials),
}
