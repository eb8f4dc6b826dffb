"""Durable work: a file goes in once, whatever interrupts it. Built from the flows; words and colours are not here."""

from memory_imports.jobs.job import run_job

__all__ = ["run_job"]
