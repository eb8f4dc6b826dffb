"""What the tool costs beside its peers, in one run: `python -m suite` in this folder, or `nox -s bench`."""
