"""Is each check of the detector held by a test: break them one by one, and see whether some test fails."""
