"""Whole runs in bad weather, as processes over sockets: a few of them as a test, hundreds as a chore."""
