"""The tests of the wrapper and the sandbox; a package, so that they can share `tests.support`."""
