"""Keeps signed URLs out of the logs of the HTTP library, which writes whole URLs at INFO and answers at DEBUG."""

import logging

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
