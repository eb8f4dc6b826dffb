"""What the service does with a CSV: read it, judge its rows, and turn them into profiles.

`records` reads, `columns` judges the header, `rows` the cells, `profiles` resolves identities, `run` ties them
together in slices. None of it knows of requests.
"""
