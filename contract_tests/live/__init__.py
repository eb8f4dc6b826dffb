"""The live checks, tested: clean servers are silent, planted faults are found and named."""
