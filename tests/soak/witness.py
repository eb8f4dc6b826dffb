"""What must not have happened, whatever did: words that should not be said, rows lost, files sent twice."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol

from tests.cli.program import Ended

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


def held_badly(service: Holder, people: Mapping[str, str], done: Ended) -> list[str]:
    """Return in what the store differs from the file."""
    if done.code:
        return [f"it never ended well, at last with {done.code}: {done.err.splitlines()[-1:]}"]
    broken = []
    held = Counter(_person(profile) for profile in service.everything("profiles"))
    lost = [email for email, name in people.items() if held[email, name] != 1]
    if lost or held.total() != len(people):
        broken.append(f"{len(lost)} of {len(people)} rows are not there once, among {held.total()} profiles")
    with_content = [one for one in service.everything("imports") if one["uploads"]]
    if [one for one in with_content if one["uploads"] != 1]:
        broken.append(f"files came more than once: {[one['uploads'] for one in with_content]}")
    told = {part["import_id"] for part in done.json["parts"]}
    if told != {one["importId"] for one in with_content}:
        broken.append(f"{len(with_content)} imports hold files, {len(told)} are told of")
    sums = {what: sum(one[what] for one in with_content) for what in ("created", "updated", "merged", "errors")}
    if sums != {"created": len(people), "updated": 0, "merged": 0, "errors": 0}:
        broken.append(f"the rows became {sums}")
    return broken


def _person(profile: Mapping[str, Any]) -> tuple[str, str]:
    traits = profile["traits"]["Contact"]
    return traits["email"], traits["firstName"]
