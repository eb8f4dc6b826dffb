"""The parts of `generate.py`: read the specification, run the generator, add the constraints, compare."""
