"""The error of a check that could not run. Says nothing about drift: whoever gets it knows neither way."""


class DriftUnavailable(Exception):  # noqa: N818 - named for what happened, as the errors of the client are
    """The check could not run; its text says why in one sentence. Never to be read as "no drift"."""
