"""How many planted drifts `memory-imports drift live` finds, beside schemathesis' own command line.

Run it as `python benchmarks/drift.py [--sample N] [--seed S] [-o FILE]`. Each drift of the sample is planted in a
sandbox of its own, which both ask for at most as many seconds. Found is: ours, the rule that the catalogue wants;
schemathesis, any failure at all, which is the kinder measure. Both are also run against clean sandboxes.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "contract_tests"))

import catalogue  # noqa: E402 - of the folder above
import memory_imports_sandbox as sandbox  # noqa: E402 - the same
from memory_imports_sandbox.contract import packaged  # noqa: E402 - the same

# Seconds: what schemathesis is told to take, about twice what the other needs, and what ends a run from outside.
TIME = 15
BOUND = 60
CLEAN = 5
STORE = "mem_store_00000000000000000000000000"
CONFIGURATION = f"""
hooks = "schemathesis_hooks"
[parameters]
"path.storeId" = "{STORE}"
[auth]
basic = {{ username = "SK1", password = "secret" }}
[phases.examples]
fill-missing = true
[checks.positive_data_acceptance]
enabled = false  # the hooks hold the same check, with page tokens exempt
"""
Row = tuple[bool, float]


def main(sample: int, seed: int, output: Path | None) -> None:
    """Print, or write, the table."""
    areas = defaultdict(list)
    for name in catalogue.PLANTED:
        areas[area(name)].append(name)
    share = sample / len(catalogue.PLANTED)
    picked = {
        place: random.Random(seed).sample(names, max(1, round(share * len(names))))  # noqa: S311 - no secret
        for place, names in sorted(areas.items())
    }
    total = sum(map(len, picked.values()))
    results: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for place, names in picked.items():
        for name in names:
            results[place].append(both(name, seed))
            done = sum(map(len, results.values()))
            print(f"{done} of {total} {name}", results[place][-1], file=sys.stderr, flush=True)
    clean = [both(None, number) for number in range(CLEAN)]
    text = table(results, clean, sample=total, seed=seed)
    if output is None:
        print(text)
    else:
        output.write_text(text, encoding="utf-8")


def area(name: str) -> str:
    """Return where a drift is: the module of the catalogue that plants it."""
    drift = sandbox.drifts.CATALOGUE[name]
    what = "request" if drift.where.startswith("request") else "answer"
    operations = ", ".join(sorted({operation.removesuffix("V2") for operation in drift.operations}))
    return f"{what}: {operations}" if len(drift.operations) < 3 else f"{what}: every operation"  # noqa: PLR2004


def both(name: str | None, seed: int) -> tuple[Row, Row]:
    """Say of each of the two whether it found the drift (for none: whether it raised an alarm), and in what time."""
    settings = sandbox.Settings(
        drift=name,
        store_id=STORE,
        username="SK1",
        password="secret",  # noqa: S106 - made up
        pending_seconds=0,
        processing_seconds=0,
    )
    with sandbox.running(settings) as service, tempfile.TemporaryDirectory() as folder:
        return ours(name, service, seed), theirs(service, seed, folder)


def ours(name: str | None, service: sandbox.Announcement, seed: int) -> Row:
    """Run this project's detector."""
    command = [sys.executable, "-m", "memory_imports", "drift", "live", "--level", "upload", "--json"]
    environ = {
        "TWILIO_API_KEY": service.username,
        "TWILIO_API_SECRET": service.password,
        "TWILIO_MEMORY_STORE_ID": service.store_id,
        "TWILIO_MEMORY_BASE_URL": service.base_url,
    }
    begun = time.monotonic()
    code, out = bounded([*command, "--seed", str(seed)], environ)
    rules = {finding["rule"] for finding in json.loads(out)["findings"]} if out else set()
    found = bool(rules) if name is None else bool(rules & catalogue.fitting(name))
    return found and code == 6, time.monotonic() - begun  # noqa: PLR2004 - the exit code of drift


def theirs(service: sandbox.Announcement, seed: int, folder: str) -> Row:
    """Run schemathesis: every check, all four phases, the link from create to fetch."""
    Path(folder, "schemathesis.toml").write_text(CONFIGURATION, encoding="utf-8")
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", f"{folder}/schemathesis.toml", "run"]
    command += [str(packaged()), "--url", service.base_url, "--seed", str(seed), "--generation-database", "none"]
    command += ["--max-time", str(TIME), "--no-color"]
    environ = {"PYTHONPATH": str(ROOT / "tests" / "sandbox"), "CASES": f"{folder}/cases"}
    begun = time.monotonic()
    code, out = bounded(command, environ)
    # An error of its own ends it with 1, too.
    return code == 1 and " FAILURES " in out, time.monotonic() - begun


def bounded(command: list[str], environ: dict[str, str]) -> tuple[int, str]:
    """Run a command for so long, and return its exit code and output; a run that is too long found nothing."""
    try:
        done = subprocess.run(
            command, env={**os.environ, **environ}, capture_output=True, text=True, timeout=BOUND, check=False
        )
    except subprocess.TimeoutExpired:
        return -1, ""
    return done.returncode, done.stdout


def table(results: dict[str, list[tuple[Row, Row]]], clean: list[tuple[Row, Row]], *, sample: int, seed: int) -> str:
    """Return the figures as Markdown."""
    lines = [
        "# Planted drifts found, side by side",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, schemathesis {version('schemathesis')}, by",
        f"`benchmarks/drift.py`: {sample} of the catalogue's {len(catalogue.PLANTED)} drifts, from every area",
        f"(seed {seed}), schemathesis told to take {TIME} s. Any failure of it counts as found, one that it",
        "has on a clean sandbox, too.",
        "",
        "| where | planted | memory-imports drift live | schemathesis run |",
        "|---|--:|--:|--:|",
    ]
    sums: Counter[int] = Counter()
    for place, pairs in results.items():
        found = [sum(pair[side][0] for pair in pairs) for side in (0, 1)]
        lines.append(f"| {place} | {len(pairs)} | {found[0]} | {found[1]} |")
        sums.update({0: found[0], 1: found[1]})
    lines.append(f"| **all** | **{sample}** | **{sums[0]}** | **{sums[1]}** |")
    alarms = [sum(pair[side][0] for pair in clean) for side in (0, 1)]
    lines.append(f"| false alarms on clean sandboxes | {len(clean)} seeds | {alarms[0]} | {alarms[1]} |")
    every = [pair for pairs in results.values() for pair in pairs]
    times = [statistics.median(pair[side][1] for pair in every) for side in (0, 1)]
    lines.append(f"| seconds a run, median | | {times[0]:.0f} | {times[1]:.0f} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--sample", type=int, default=60, metavar="N")
    words.add_argument("--seed", type=int, default=0, metavar="S")
    words.add_argument("-o", "--output", type=Path, metavar="FILE")
    told = words.parse_args()
    main(told.sample, told.seed, told.output)
