"""Files through one sandbox in bad weather: the same command again and again until it says that all went well.

Whatever happened on the way, every row must then be in the store once, and no file may have been sent twice.
"""

import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from attrs import field, frozen

from tests.cli.program import PATIENCE, Ended, ended, environment, started
from tests.soak.crowd import COLUMNS, Crowd, crowd
from tests.soak.service import Service
from tests.soak.witness import KILLED, held_badly, said_badly

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

MOST_COMMANDS = 25
# Seconds: what a command is given.
_TIMEOUT = 90
# Seconds. A life is shorter than a run in fair weather takes, or not much longer.
_LONGEST_LIFE = 6.0


@frozen(kw_only=True)
class Ordeal:
    """What is to be survived: a seed says all of it."""

    seed: int
    rate: float
    kinds: str | None = None
    files: int = 1
    rows: int = 40
    kills: int = 0


@frozen(kw_only=True)
class Survived:
    """What became of it; `broken` is empty if all is as it must be."""

    ordeal: Ordeal
    endings: Counter[str] = field(factory=Counter[str])
    faults: Counter[str] = field(factory=Counter[str])
    deaths: int = 0
    """Of the service."""
    imports: int
    seconds: float
    broken: list[str] = field(factory=list)


def undergo(ordeal: Ordeal) -> Survived:
    """Run the command until it ends well, then look at what the sandbox holds."""
    begun, endings = time.monotonic(), Counter[str]()
    with TemporaryDirectory() as name, Service(folder := Path(name), ordeal.seed, ordeal.rate, ordeal.kinds) as service:
        people = crowd(folder, ordeal.seed, ordeal.files, ordeal.rows)
        broken: list[str] = []
        with _killing(service, ordeal) as victims:
            for _ in range(MOST_COMMANDS):
                done = _command(people, folder, service, victims)
                endings[_ending(done)] += 1
                broken += said_badly(done, service)
                if done.code == 0:
                    break
        broken += held_badly(service, people, done)
        return Survived(
            ordeal=ordeal,
            endings=endings,
            faults=service.faults(),
            deaths=service.deaths,
            imports=len(service.everything("imports")),
            seconds=time.monotonic() - begun,
            broken=broken,
        )


Victims = list["subprocess.Popen[str]"]


def _command(people: Crowd, folder: Path, service: Service, victims: Victims) -> Ended:
    env = environment(folder / "state", **service.access)
    words: tuple[str | Path, ...] = (
        "run",
        *people.files,
        *COLUMNS,
        "--blank",
        "keep",
        "--json",
        "--timeout",
        str(_TIMEOUT),
    )
    with started(*words, env=env) as process:
        victims.append(process)
        return ended(process, _TIMEOUT + PATIENCE)


@contextmanager
def _killing(service: Service, ordeal: Ordeal) -> "Iterator[Victims]":
    """Kill the client or the service now and then, as often as the ordeal says and by its seed."""
    random = Random(ordeal.seed)  # noqa: S311 - it has to be foreseen
    victims: Victims = []
    over = threading.Event()

    def kill() -> None:
        for _ in range(ordeal.kills):
            if over.wait(random.uniform(0, _LONGEST_LIFE)):
                return
            if random.random() < 1 / 2:
                service.kill()
            elif victims:
                victims[-1].kill()

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield victims
    finally:
        over.set()
        thread.join()


def _ending(done: Ended) -> str:
    if done.code == KILLED:
        return "killed"
    error = done.json["error"] if done.out else None
    return f"{done.code} {error['kind']}" if error else str(done.code)
