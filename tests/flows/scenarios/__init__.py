"""Scenarios, declared once as data; `tests/flows/test_scenarios.py` plays each on all three drivers."""
