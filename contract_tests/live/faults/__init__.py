"""Planted faults, each with the rule that has to name it. Faults only: no assertion, no server."""

from live.faults import access, answers, errors, journey, listing, requests, store

FAULTS = (
    *errors.FAULTS,
    *answers.FAULTS,
    *listing.FAULTS,
    *requests.FAULTS,
    *access.FAULTS,
    *journey.FAULTS,
    *store.FAULTS,
)
