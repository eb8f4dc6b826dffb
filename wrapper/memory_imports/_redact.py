"""Keeps secrets out of what others write: the HTTP library's logs, and tracebacks that show local variables.

The library writes whole URLs at INFO and answers at DEBUG; its frames hold credentials, URLs and what is sent.
"""

import logging
import traceback

from memory_imports._url import scrub

_LOGGERS = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)


class _Scrub(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        scrubbed = scrub(text)
        if scrubbed != text:
            record.msg, record.args = scrubbed, ()
        return True


_SCRUB = _Scrub()


def silence_signatures() -> None:
    """Install the filter, once however often this is called."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_SCRUB)


def forget_locals(problem: BaseException | None) -> None:
    """Empty the frames that an exception and those before it came through; their places in the code stay."""
    while problem is not None:
        traceback.clear_frames(problem.__traceback__)
        problem = problem.__cause__ or problem.__context__
