"""Keeps secrets out of what is written down: the HTTP library's logs, and tracebacks that show local variables.

The library writes whole URLs at INFO and answers at DEBUG; its frames hold credentials, URLs and what is sent.
"""

import logging
import traceback
from contextlib import suppress

from memory_imports._quoted import clean

_LOGGERS = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)


_OURS = {"memory_imports", "memory_imports_api", "httpx", "httpcore", "h11", "anyio"}


class _Scrub(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        scrubbed = clean(text)
        if scrubbed != text:
            record.msg, record.args = scrubbed, ()
        return True


_SCRUB = _Scrub()


def silence_signatures() -> None:
    """Install the filter, once however often this is called."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_SCRUB)


def forget_locals(problem: BaseException | None) -> None:
    """Empty our frames and the HTTP library's that an exception and those before it came through, and no others."""
    while problem is not None:
        for frame, _ in traceback.walk_tb(problem.__traceback__):
            if str(frame.f_globals.get("__name__")).partition(".")[0] in _OURS:
                with suppress(RuntimeError):  # it is still running
                    frame.clear()
        problem = problem.__cause__ or problem.__context__
