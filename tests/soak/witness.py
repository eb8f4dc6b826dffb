"""What must not have happened, whatever did: words that should not be said, rows lost, files sent twice."""

from collections.abc import Mapping
from typing import Any, Protocol

from tests.cli.program import Ended
from tests.soak.crowd import Crowd

KILLED = -9
_SIGNATURE = "X-Amz-Signature"


class Holder(Protocol):
    """A sandbox that can be looked at."""

    access: dict[str, str]

    def everything(self, view: str) -> list[Mapping[str, Any]]:
        """Return all of its profiles or imports."""


def said_badly(done: Ended, service: Holder) -> list[str]:
    """Return what the command should not have said, or left unsaid."""
    text = done.out + done.err
    secrets = (service.access["TWILIO_API_SECRET"], _SIGNATURE, "@s")
    found = [f"it says {word!r}" for word in ("Traceback", "Exception ignored", *secrets) if word in text]
    if done.code == KILLED:
        return found
    if done.out.count("\n") != 1 or done.json["exit_code"] != done.code:
        found.append(f"its JSON is not that of exit code {done.code}")
    return found


def held_badly(service: Holder, people: Crowd, done: Ended) -> list[str]:
    """Return in what the store differs from the files, and from what is told of it."""
    if done.code:
        return [f"it never ended well, at last with {done.code}: {done.err.splitlines()[-1:]}"]
    broken = []
    held = [dict(profile["traits"]["Contact"]) for profile in service.everything("profiles")]
    wrong = [email for email, traits in people.profiles.items() if held.count(dict(traits)) != 1]
    if wrong or len(held) != len(people.profiles):
        broken.append(f"{len(wrong)} of {len(people.profiles)} people are not there once, among {len(held)} profiles")
    with_content = [one for one in service.everything("imports") if one["uploads"]]
    if [one for one in with_content if one["uploads"] != 1]:
        broken.append(f"files came more than once: {[one['uploads'] for one in with_content]}")
    parts = done.json["parts"]
    holding = {one["importId"] for one in with_content}
    told = {part["import_id"] for part in parts}
    if told != holding:
        broken.append(f"{len(holding)} imports hold files, {len(told)} are told of")
    if left := holding & {import_id for part in parts for import_id in part["abandoned"]}:
        broken.append(f"{len(left)} imports that hold files are told of as abandoned")
    rows, bad = (sum(one[what] for one in with_content) for what in ("rows", "errors"))
    created, merged = (sum(one[what] for one in with_content) for what in ("created", "merged"))
    if (rows, bad, created, merged) != (people.rows, 0, len(people.profiles), 0):
        broken.append(f"{people.rows} rows were {rows}, {bad} of them bad; {created} created, {merged} merged")
    return broken
