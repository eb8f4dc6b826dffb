"""Durable work: what is planned goes in once, whatever interrupts it. Built from the flows; no words, no colours."""

from memory_imports.jobs.entries import Job, Standing
from memory_imports.jobs.job import run_job, sent_before, so_far
from memory_imports.jobs.journal import Journal
from memory_imports.jobs.places import default_path
from memory_imports.jobs.spool import spool

__all__ = ["Job", "Journal", "Standing", "default_path", "run_job", "sent_before", "so_far", "spool"]
