"""A service in a few lines that keeps what it is given: what simulations compare with at the end."""

import json
from datetime import UTC, datetime

from attrs import define

from tests.support.replies import answer, import_id, upload_url
from tests.support.simulated import Clock
from tests.support.wire import Answer, Request


@define
class Kept:
    """One import: its file once it is there, and how often that came."""

    filename: str
    size: int
    made_at: float
    body: bytes | None = None
    puts: int = 0
    looked: int = 0


class Service:
    """Takes imports and files; a file is noticed at once and processed by the ``slow``-th look at its status."""

    def __init__(self, clock: Clock, *, slow: int = 2) -> None:
        self.clock, self.slow = clock, slow
        self.imports: dict[str, Kept] = {}

    def __call__(self, request: Request) -> Answer:
        """Answer."""
        path = request.target.partition("?")[0]
        last = path.rpartition("/")[2]
        if request.method == "POST":
            return self._create(json.loads(request.body))
        if request.method == "PUT":
            kept = self.imports[last]
            kept.body, kept.puts = request.body, kept.puts + 1
            return Answer(status=200)
        if last == "Imports":
            return answer(200, {"imports": list(reversed(self.imports))})
        return self._status(self.imports[last])

    def _create(self, asked: dict[str, object]) -> Answer:
        number = len(self.imports) + 1
        self.imports[import_id(number)] = Kept(str(asked["filename"]), int(str(asked["fileSize"])), self.clock())
        return answer(201, {"importId": import_id(number), "url": upload_url(number, ends=10**6)})

    def _status(self, kept: Kept) -> Answer:
        kept.looked += kept.body is not None
        late = "COMPLETED" if kept.looked >= self.slow else "PROCESSING"
        made = datetime.fromtimestamp(kept.made_at, UTC)
        return answer(
            200,
            {
                "status": "PENDING" if kept.body is None else late,
                "filename": kept.filename,
                "fileSize": kept.size,
                "createdAt": f"{made:%Y-%m-%dT%H:%M:%SZ}",
            },
        )
