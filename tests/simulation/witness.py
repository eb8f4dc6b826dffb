"""What must never happen, watched while it could: at each request that is sent and each file that comes."""

from collections import Counter
from collections.abc import Callable, Mapping

from attrs import define, field

from memory_imports._effects import Call, Outcome, Put, Record, Reply
from memory_imports._endpoints import CREATE, FETCH
from memory_imports.errors import MemoryImportsError
from memory_imports.jobs.entries import Entry
from memory_imports_sandbox import messages
from tests.simulation.driver import Task
from tests.simulation.service import Service
from tests.simulation.shapes import Shape

# What `Retry` and the flows promise: so often is a request sent, and so many URLs does a part get in one process.
_ATTEMPTS, _URLS = 6, 2
# A part's status: a wait of an hour takes some thirty looks in good weather.
_LOOKS = 150


@define
class Witness:
    """Writes down what is wrong in ``broken``. ``entries`` is what the journal holds for good.

    ``files`` came to the imports of the job; those ``before`` it was begun anew count no more.
    """

    shape: Shape
    service: Service
    entries: Callable[[], Mapping[int, Entry]]
    concurrency: int
    broken: list[str] = field(factory=list)
    files: dict[str, bytes] = field(factory=dict)
    before: dict[str, bytes] = field(factory=dict)
    problems: list[Exception] = field(factory=list)
    recorded: set[str] = field(factory=set)
    sent: Counter[str] = field(factory=Counter)
    known: Mapping[int, Entry] = field(factory=dict)
    anew: bool = False

    def begins(self, *, anew: bool = False) -> None:
        """Hear that a process starts, perhaps one that is to forget what those before it have done."""
        self.known = self.entries()
        if not self.known:
            self._forget()
        self.anew = anew
        self.recorded |= {entry.import_id for entry in self.known.values() if entry.import_id is not None}
        self.problems.clear()
        self.sent.clear()

    def sends(self, task: Task, effect: Call | Put, now: float) -> None:
        """See a request before it is sent."""
        self._forget()
        if isinstance(effect, Put):
            entry = self._entry(task)
            self._count(effect.url, _ATTEMPTS, "a file is sent too often")
            if entry is None or (entry.stage, entry.import_id) != ("uploading", effect.import_id):
                self._say(f"a file is sent to {effect.import_id}, of which the journal says {entry}")
            self._look_at_order(task)
        elif effect.operation == CREATE:
            entry = self._entry(task)
            self._count(f"create {task.number}", _ATTEMPTS * _URLS, "an import is asked for too often")
            if entry is None or entry.stage != "creating":
                self._say(f"an import is created of which the journal says {entry}")
            self._look_at_order(task)
        elif effect.operation == FETCH:
            self._count(f"fetch {task.number}", _LOOKS, "a status is asked for too often")
        if now < task.memory.get(_key(effect), 0.0):
            self._say(f"{_key(effect)} is tried again before the service wants it")

    def hears(self, task: Task, effect: Call | Put, outcome: Outcome) -> None:
        """See what an answer asks for."""
        text = outcome.headers.get("retry-after", "") if isinstance(outcome, Reply) else ""
        if text.isdecimal():
            task.memory[_key(effect)] = outcome.at + float(text) - 1e-3

    def records(self, task: Task, record: Record) -> None:
        """Hear of a journal line, written or not, and see that it says what is so."""
        self._forget()
        told = task.memory["told"] = record.fields.get("import_id")
        made: set[str] = task.memory.setdefault("made", set())
        if told is not None:
            made.add(str(told))
        if record.event != "ended":
            return
        found = self.service.find(str(told))
        if found is None or found.state != record.fields["state"]:
            self._say(f"the journal is told that {told} ended {record.fields['state']}: {found}")

    def together(self, running: int) -> None:
        """See how many parts are under way."""
        if running > self.concurrency:
            self._say(f"{running} parts are under way, {self.concurrency} may be")

    def ended(self, task: Task, problem: Exception) -> None:
        """See what a flow ended with, and that it says which import was at stake."""
        if task.number is None:
            if problem not in self.problems and self.problems:
                self._say(f"{problem!r} ends the run, not the first of {self.problems}")
            return
        self.problems.append(problem)
        known = self.known.get(task.number)
        stake = task.memory.get("told", known.import_id if known and known.may_be_in else None)
        if not isinstance(problem, MemoryImportsError):
            self._say(f"a part ends with {problem!r}")
        elif stake is not None and problem.import_id != stake:
            self._say(f"{stake} was at stake, and {problem!r} names {problem.import_id}")
        elif unnamed := task.memory.get("made", set()) - {problem.import_id, *problem.abandoned}:
            self._say(f"{unnamed} were made, and {problem!r} does not name them")

    def arrives(self, request: messages.Request, now: float) -> messages.Reply:
        """Answer for the service what came to it, or to a stranger."""
        if request.header("host") != "localhost":
            secret = "with credentials" if request.header("authorization") else "with a file"
            self._say(f"{request.method} goes to a stranger, {secret}")
            return messages.Reply(200)
        if request.path.endswith(".csv") == (request.header("authorization") is not None):
            self._say(f"{request.method} comes {'with' if request.header('authorization') else 'without'} credentials")
        reply = self.service.handle(request, now)
        if request.method == "PUT" and reply.status == 200:  # noqa: PLR2004 - stored
            self._file(request.path.rpartition("/")[2].removesuffix(".csv"), request.body)
        return reply

    def _forget(self) -> None:
        """Let what was done before count no more, if this process is the first that does something anew."""
        if self.anew:
            self.before |= self.files
            self.files, self.known, self.anew = {}, {}, False
            self.recorded.clear()

    def _entry(self, task: Task) -> Entry | None:
        return None if task.number is None else self.entries().get(task.number)

    def _file(self, import_id: str, body: bytes) -> None:
        found = self.service.find(import_id)
        held = [each for each, file in self.files.items() if file == body and not self._failed(each)]
        if held:
            self._say(f"a file comes to {import_id} that has come to {held}")
        if found is not None and found.file_size != len(body):
            self._say(f"another file comes to {import_id} than was announced")
        self.files[import_id] = body

    def _failed(self, import_id: str) -> bool:
        found = self.service.find(import_id)
        return found is not None and found.state == "FAILED"

    def _look_at_order(self, task: Task) -> None:
        part = self.shape.plan.parts[task.number or 0]
        for earlier in part.after:
            body = self.shape.bodies[earlier]
            states = [
                str(found.state)
                for each, file in self.files.items()
                if file == body and (found := self.service.find(each))
            ]
            if "COMPLETED" not in states:
                self._say(f"part {part.index} overtakes part {earlier}, which is {states}")

    def _count(self, what: str, most: int, words: str) -> None:
        self.sent[what] += 1
        if self.sent[what] > most:
            self._say(words)

    def _say(self, words: str) -> None:
        self.broken.append(words)


def _key(effect: Call | Put) -> str:
    return f"{effect.operation} {effect.path}" if isinstance(effect, Call) else f"upload {effect.import_id}"
