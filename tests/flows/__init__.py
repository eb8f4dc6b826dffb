"""Tests of the flows and of the drivers that run them."""
