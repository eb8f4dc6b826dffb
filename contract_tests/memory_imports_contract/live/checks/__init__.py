"""The checks: one idea a module, each a function of the bench. What they find goes into the bench's book."""
