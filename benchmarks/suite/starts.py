"""How long it takes to start: the command's help and the package, beside httpx alone and the vendor's own SDK."""

import sys
from collections.abc import Iterator

from suite.figures import Row, in_turn, process, python

ROUNDS = 15
CLIENT = "from memory_imports import MemoryImports as M; M('mem_store_0', credentials=('a', 'b'))._driver"


def rows(*, full: bool) -> Iterator[Row]:
    """Yield a row for each thing that is started."""
    del full
    starts = {
        "help": [sys.executable, "-m", "memory_imports", "--help"],
        "package": python("from memory_imports import MemoryImports"),
        "client": python(CLIENT),
        "httpx": python("import httpx"),
        "sdk": python("import twilio.rest"),
        "nothing": python("pass"),
    }
    taken = in_turn(ROUNDS, **{name: lambda each=each: 1000 * process(each)[0] for name, each in starts.items()})
    peers = {"import httpx": taken["httpx"], "import twilio.rest": taken["sdk"], "python -c pass": taken["nothing"]}
    for what, name in (("memory-imports --help", "help"), ("import memory_imports", "package")):
        yield Row(
            what=what,
            unit="ms",
            ours=taken[name],
            peers=peers,
            goal="no slower than import httpx",
            reached=lambda ratio: ratio <= 1,
        )
    yield Row(what="a client ready to send", unit="ms", ours=taken["client"], peers=peers)
