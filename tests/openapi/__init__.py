"""Tests of the ground floor: the specification, its ledger, and what is generated from it."""
