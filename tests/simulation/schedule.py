"""What is to happen, all of it from a seed: the file, the machine, the service, and the weather between them."""

from collections.abc import Mapping
from random import Random

from attrs import field, frozen

from tests.simulation.faults import ON
from tests.simulation.shapes import TITLES
from tests.simulation.worlds import Pace

# A file that waits behind others must still be noticed while a client looks for it: it looks for twelve seconds, some
# answers are two seconds old, and some requests arrive a second after they were given up.
_PENDING = (0.0, 0.3, 1.0)
_PROCESSING = (0.0, 0.0, 0.2, 0.5)
_LONG = (20.0, 300.0)
# Seconds that the clock of the machine may be off; a URL lives for 1,800.
_OFF = (-4000.0, -600.0, -2.0, 2.0, 600.0, 4000.0)
_KINDS = tuple(ON)
# The others are larger, and take longer.
_OFTEN = {"one": 300, "two": 15, "chain": 15}


@frozen(kw_only=True)
class Schedule:
    """What is to happen.

    Weather is either drawn (each request and journal line meets one of ``kinds`` with the likelihood ``rate``, each
    moment is the last of its process with that of ``crashes``, until so many faults and crashes have been), or told:
    ``struck`` names what the nth request or journal line meets, ``ends`` the moments at which a process ends, from 0.
    At the moment ``rival`` another process tries to run the same job. ``between`` the first process and the second, and
    ``then``, when it is done, something else is run (see `tests.simulation.sequels`).
    """

    seed: int = 0
    title: str = "one"
    concurrency: int = 1
    follow: bool = True
    timeout: float = 600.0
    pace: Pace = field(factory=Pace)
    off: float = 0.0
    on_disk: bool = False
    rival: int | None = None
    between: str = ""
    then: str = "again"
    rate: float = 0.0
    crashes: float = 0.0
    most_faults: int = 0
    most_crashes: int = 0
    kinds: tuple[str, ...] = ()
    struck: Mapping[int, str] = field(factory=dict)
    ends: frozenset[int] = frozenset()

    @property
    def command(self) -> str:
        """Return the options with which the chore plays it again."""
        if self.kinds:
            return f"--seed {self.seed}"
        slow = (f"processing={self.pace.processing}",) if self.pace != Pace() else ()
        rival = (f"rival={self.rival}",) if self.rival is not None else ()
        between = (f"between={self.between}",) if self.between else ()
        then = (f"then={self.then}",) if self.then != "again" else ()
        struck = (f"{number}={kind}" for number, kind in sorted(self.struck.items()))
        ends = (f"@{moment}" for moment in sorted(self.ends))
        return (
            f"--told '{','.join((self.title, str(self.concurrency), *slow, *rival, *between, *then, *struck, *ends))}'"
        )


def told(words: str) -> Schedule:
    """Return the schedule that the words of `Schedule.command` tell."""
    title, concurrency, *others = words.split(",")
    named = dict(other.split("=") for other in others if "=" in other)
    processing, rival = named.pop("processing", None), named.pop("rival", None)
    between, then = named.pop("between", ""), named.pop("then", "again")
    return Schedule(
        title=title,
        concurrency=int(concurrency),
        pace=Pace() if processing is None else Pace(processing=float(processing)),
        rival=None if rival is None else int(rival),
        between=between,
        then=then,
        struck={int(number): kind for number, kind in named.items()},
        ends=frozenset(int(other[1:]) for other in others if other.startswith("@")),
    )


def drawn(seed: int) -> Schedule:
    """Return the schedule of a seed."""
    random = Random(seed)  # noqa: S311 - it has to be foreseen

    def now_and_then(share: float) -> bool:
        return random.random() < share

    follow = not now_and_then(0.1)
    concurrency = random.choice((1, 1, 2, 3, 4))
    alone = concurrency == 1 and follow
    return Schedule(
        seed=seed,
        title=random.choices(TITLES, weights=[_OFTEN.get(title, 1) for title in TITLES])[0],
        concurrency=concurrency,
        follow=follow,
        timeout=random.choice((0.0, 5.0, 20.0, 120.0, 600.0, 600.0)),
        pace=Pace(
            pending=random.choice(_PENDING),
            processing=random.choice(_LONG if alone and now_and_then(0.05) else _PROCESSING),
            lifetime=random.choice((3, 30, 1800)),
            style=random.choice(("sigv4", "sigv4", "sigv2")),
        ),
        off=random.choice(_OFF) if now_and_then(0.2) else 0.0,
        on_disk=now_and_then(1 / 300),
        rival=random.randrange(60) if now_and_then(1 / 16) else None,
        between=random.choice(("fresh", "changed")) if now_and_then(1 / 16) else "",
        then=random.choice(("again", "fresh", "changed")) if now_and_then(1 / 16) else "",
        rate=random.choice((0.03, 0.1, 0.2, 0.3, 0.6, 0.9)),
        crashes=random.choice((0.0, 0.005, 0.02, 0.05)),
        most_faults=random.choice((1, 1, 2, 4, 8, 20)),
        most_crashes=random.choice((1, 2, 4)),
        # Few kinds at a time: what needs the same fault again and again is met, too.
        kinds=tuple(random.sample(_KINDS, random.choice((1, 2, 5, 12, len(_KINDS))))),
    )
