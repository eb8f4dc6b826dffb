"""What is said of words that mean nothing: never what may be the value of an option that there is not.

Who looks for an option that takes a secret, and gives it one, must not find it in a log.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from memory_imports.cli.stops import UsageError


def meaningless(words: Sequence[str], command: str) -> UsageError:
    """Return the error for words that are left over: only their options are named, where there are some."""
    options = [word.partition("=")[0] if word.startswith("--") else word[:2] for word in words if word[:1] == "-"]
    return UsageError(
        f"{' '.join(options or words)} means nothing here; see memory-imports {command} --help.", command=command
    )


def discreet(problem: UsageError, words: Sequence[str], flags: Collection[str]) -> UsageError:
    """Return an error without the word that was taken for a command, where it follows an option that is no flag."""
    for option, value in pairwise(words):
        if option.startswith("-") and option not in flags:
            problem.message = problem.message.replace(f"COMMAND: invalid choice: {value!r}", "COMMAND: invalid choice")
    problem.args = (problem.message,)
    return problem
