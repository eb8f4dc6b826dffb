"""Drifts in what becomes of an import: its states, the ids, and the URL that its file goes to."""

from urllib.parse import urlsplit

from memory_imports_sandbox import imports
from memory_imports_sandbox.drifts.drift import CREATE, FETCH, Drift, Json, Level, ReplyRule, Scene
from memory_imports_sandbox.drifts.edits import Edit, all_of, change, drop, put, word
from memory_imports_sandbox.drifts.rules import SUCCESS, document
from memory_imports_sandbox.messages import Reply, Request

_NOTHING = {"errors": 0, "warnings": 0}
_EXPIRED_SECONDS = 86400


def _fetched(name: str, level: Level, says: str, rule: ReplyRule, where: str = "/status") -> Drift:
    return Drift(name=name, operations=(FETCH,), where=f"answer:{where}", says=says, level=level, reply=rule)


def _state(name: str, level: Level, says: str, edit: Edit) -> Drift:
    return _fetched(name, level, says, document(edit, 200))


def _created(name: str, where: str, says: str, rule: ReplyRule, level: Level = "create") -> Drift:
    return Drift(name=name, operations=(CREATE,), where=f"answer:{where}", says=says, level=level, reply=rule)


def _backwards(scene: Scene, request: Request, reply: Reply) -> Reply:
    """Once the end has been told, tells that the import is worked on."""

    def edit(found: Json) -> Json:
        told = scene.memory.setdefault("told", set())
        if found["status"] not in imports.FINAL:
            return found
        if request.path in told:
            return {**found, "status": "PROCESSING"}
        told.add(request.path)
        return found

    return document(edit, 200)(scene, request, reply)


def _many_errors(found: Json) -> Json:
    """COMPLETED only without a single bad row."""
    bad = found["status"] == "COMPLETED" and found["summary"]["errors"]
    return {**found, "status": "FAILED"} if bad else found


def _unknown_while_pending(scene: Scene, request: Request, reply: Reply) -> Reply:
    found = imports.find(scene.connection, request.path.rpartition("/")[2])
    if found is None or found.state != "PENDING" or reply.status not in SUCCESS:
        return reply
    gone = {"code": 20404, "message": "There is no such import.", "status": 404}
    return Reply(404, reply.headers, document(lambda _: gone)(scene, request, reply).body)


def _the_first(name: str) -> ReplyRule:
    """Gives everybody what the first one was given."""

    def rule(scene: Scene, request: Request, reply: Reply) -> Reply:
        again = change(f"/{name}", lambda value: scene.memory.setdefault(name, value))
        return document(again, 201)(scene, request, reply)

    return rule


def _url_of_yesterday(scene: Scene, request: Request, reply: Reply) -> Reply:
    def edit(found: Json) -> Json:
        host = request.header("host") or "localhost"
        return {**found, "url": scene.bucket.url(found["importId"], host, scene.now - _EXPIRED_SECONDS)}

    return document(edit, 201)(scene, request, reply)


def _url(edit: Edit) -> ReplyRule:
    return document(change("/url", edit), 201)


STATES: tuple[Drift, ...] = (
    _state(
        "new-import-processing", "create", "A new import is PROCESSING at once.", word("/status", PENDING="PROCESSING")
    ),
    _state("new-import-failed", "create", "A new import is FAILED at once.", word("/status", PENDING="FAILED")),
    _state(
        "new-import-completed",
        "create",
        "An import is COMPLETED before its file is there.",
        word("/status", PENDING="COMPLETED"),
    ),
    _fetched(
        "import-stays-pending",
        "upload",
        "An uploaded import is PENDING for ever.",
        document(all_of(put("/status", "PENDING"), drop("/summary"))),
        "",
    ),
    _fetched(
        "import-stays-processing",
        "upload",
        "An uploaded import is PROCESSING for ever.",
        document(all_of(word("/status", COMPLETED="PROCESSING", FAILED="PROCESSING"), drop("/summary"))),
        "",
    ),
    _state("import-ends-done", "upload", "COMPLETED is called DONE.", word("/status", COMPLETED="DONE")),
    _state("import-ends-lower-case", "upload", "COMPLETED is in lower case.", word("/status", COMPLETED="completed")),
    _state("broken-file-error", "upload", "FAILED is called ERROR.", word("/status", FAILED="ERROR")),
    _state("good-file-fails", "upload", "A good file ends FAILED.", word("/status", COMPLETED="FAILED")),
    _state("broken-file-completes", "upload", "A broken file ends COMPLETED.", word("/status", FAILED="COMPLETED")),
    _state("one-bad-row-fails", "upload", "A single bad row makes an import FAILED.", _many_errors),
    _fetched("import-goes-back", "upload", "A finished import is PROCESSING when it is fetched again.", _backwards),
    _fetched(
        "new-import-unknown",
        "create",
        "An import cannot be fetched while it is PENDING.",
        _unknown_while_pending,
        "status",
    ),
    _fetched(
        "mappings-gone-at-the-end",
        "upload",
        "A finished import does not tell its mappings.",
        document(lambda found: drop("/columnMappings")(found) if found["status"] in imports.FINAL else found, 200),
        "/columnMappings",
    ),
    _fetched(
        "summary-nothing-at-the-end",
        "upload",
        "The summary never counts anything.",
        document(change("/summary", lambda _: _NOTHING), 200),
        "/summary/errors",
    ),
)

URLS: tuple[Drift, ...] = (
    _created("create-id-reused", "/importId", "Every import gets the first one's id.", _the_first("importId")),
    _created("create-url-reused", "/url", "Every import gets the first one's URL.", _the_first("url")),
    _created("create-url-expired", "/url", "The upload URL was good until yesterday.", _url_of_yesterday),
    _created(
        "create-url-unsigned", "/url", "The upload URL has no signature.", _url(lambda url: url.partition("?")[0])
    ),
    _created(
        "create-url-relative",
        "/url",
        "The upload URL has neither scheme nor host.",
        _url(lambda url: "{0.path}?{0.query}".format(urlsplit(url))),
    ),
    _created(
        "create-url-elsewhere",
        "/url",
        "The upload URL leads to a port where nobody listens.",
        _url(lambda url: url.replace(urlsplit(url).netloc, "127.0.0.1:9", 1)),
        "upload",
    ),
    _created(
        "create-url-signed-wrongly",
        "/url",
        "The signature of the upload URL does not fit.",
        _url(lambda url: url[:-1] + ("0" if url[-1] != "0" else "1")),
        "upload",
    ),
)
