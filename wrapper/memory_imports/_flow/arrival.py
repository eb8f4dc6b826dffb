"""Whether a file has arrived of which nobody said so: asked a few times, because the service may be slow to notice."""

from collections.abc import Callable, Sequence

from memory_imports._effects import Flow, Sleep
from memory_imports._flow.fetch import fetch_reply
from memory_imports._flow.retry import Tries
from memory_imports.errors import UnknownState, WaitTimeout

# Pauses before each look, in units of the first pause between polls: twelve seconds in all where an answer was lost, a
# minute where a whole process was, so that a service slow to notice does not get the same rows as a second import.
SHORTLY = (0, 2, 5)
PATIENTLY = (0, 2, 5, 10, 18)


def has_arrived(
    store_id: str,
    import_id: str,
    tries: Tries,
    *,
    deadline: float | None,
    looks: Sequence[int] = SHORTLY,
    on_look: Callable[[str], None] = lambda _: None,
) -> Flow[bool]:
    """Say whether an import has its file: it waits no longer, even if in a word that nobody knows.

    ``on_look`` is called with each state seen.

    Raises:
        WaitTimeout: There was too little time to know, and to send the file anyway might be to send it twice.
    """
    start = now = yield Sleep(0)
    for look in looks:
        pause = look * tries.polling.first
        if pause and deadline is not None and now + pause > deadline:
            raise WaitTimeout(
                f"There was too little time to see whether {import_id} has its file; run it again with more.",
                import_id=import_id,
                state="PENDING",
                waited=now - start,
            )
        yield Sleep(pause, "poll")
        try:
            status, _ = yield from fetch_reply(store_id, import_id, tries, deadline=deadline)
        except UnknownState:
            return True
        on_look(str(status.state))
        if status.state != "PENDING":
            return True
        now = yield Sleep(0)
    return False
