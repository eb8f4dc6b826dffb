"""Whole jobs in virtual time against the sandbox's own world: whatever goes wrong by a seed, every row goes in once.

`nox -s simulate` plays a hundred thousand schedules; the tests here play some, and break rules to see them bite.
"""
