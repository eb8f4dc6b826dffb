"""`memory-imports run` as a process against `memory-imports sandbox` as a process: every person arrives."""

import base64
import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from memory_imports.cli.demo import SAMPLE
from tests.cli.program import environment, ran, sandbox

MAPPING = json.loads((SAMPLE / "people.json").read_text(encoding="utf-8"))["columns"]
Traits = dict[str, str]


def held(access: dict[str, str]) -> list[dict[str, Any]]:
    """Return the profiles that a sandbox holds."""
    pair = base64.b64encode(f"{access['TWILIO_API_KEY']}:{access['TWILIO_API_SECRET']}".encode()).decode()
    request = Request(  # noqa: S310 - the sandbox's own address
        f"{access['TWILIO_MEMORY_BASE_URL']}/_sandbox/profiles?limit=1000", headers={"Authorization": f"Basic {pair}"}
    )
    with build_opener(ProxyHandler({})).open(request, timeout=30) as reply:
        found = json.load(reply)
    assert found["total"] == len(found["profiles"])
    profiles: list[dict[str, Any]] = found["profiles"]
    return profiles


def expected(file: Path) -> list[Traits]:
    """Work out the profiles of a file by the vendor's guide, in the plainest way there is."""
    profiles: list[Traits] = []
    owner: dict[str, Traits] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            traits = {target.partition(".")[2]: row[column] for column, target in MAPPING.items()}
            traits["email"] = traits["email"].lower()
            traits["phone"] = traits["phone"] if traits["phone"].startswith("+") else f"+1{traits['phone']}"
            found = [owner[one] for one in (traits["email"], traits["phone"]) if one in owner]
            profile = min(found, key=lambda one: [one is known for known in profiles].index(True), default={})
            for other in found:
                if other is not profile:
                    profiles[:] = [one for one in profiles if one is not other]
                    owner.update((one, profile) for one, whose in list(owner.items()) if whose is other)
            if not found:
                profiles.append(profile)
            profile.update(traits)
            owner.update(dict.fromkeys((traits["email"], traits["phone"]), profile))
    return profiles


def test_every_profile_is_what_the_file_says(tmp_path: Path) -> None:
    """Quotes, line breaks, names of every script, updates and merges included."""
    mapping = tmp_path / "people.yaml"
    mapping.write_text(json.dumps({"columns": MAPPING}))
    env = environment(tmp_path)
    with sandbox("--port", "0", "--data", str(tmp_path / "data"), env=env) as (_, access):
        done = ran("run", SAMPLE / "people.csv", "--mapping", mapping, "--json", env={**env, **access})
        arrived = held(access)
    assert (0, "completed", 1000) == (done.code, done.json["outcome"], done.json["rows"])
    wanted = expected(SAMPLE / "people.csv")
    assert 920 == len(wanted)
    by_email = defaultdict(list)
    for profile in arrived:
        by_email[profile["traits"]["Contact"]["email"]].append(profile["traits"]["Contact"])
    assert {traits["email"]: [traits] for traits in wanted} == by_email
    assert {done.json["parts"][0]["import_id"]} == {profile["lastImportId"] for profile in arrived}
