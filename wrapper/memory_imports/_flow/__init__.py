"""The only control flow of the protocol: generators that yield effects. No I/O, no clock, no randomness here."""

from memory_imports._flow.create import create
from memory_imports._flow.fetch import fetch
from memory_imports._flow.file import Files, run_files, run_plan
from memory_imports._flow.listing import Page, next_page
from memory_imports._flow.part import TIMEOUT, Manner, Part
from memory_imports._flow.resume import Known
from memory_imports._flow.retry import Tries
from memory_imports._flow.run import ending, run
from memory_imports._flow.summary import summary
from memory_imports._flow.upload import Upload, upload
from memory_imports._flow.wait import wait

__all__ = [
    "TIMEOUT",
    "Files",
    "Known",
    "Manner",
    "Page",
    "Part",
    "Tries",
    "Upload",
    "create",
    "ending",
    "fetch",
    "next_page",
    "run",
    "run_files",
    "run_plan",
    "summary",
    "upload",
    "wait",
]
