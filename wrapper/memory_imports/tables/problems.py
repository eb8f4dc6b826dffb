"""What is wrong with a file: each kind counted exactly, the first kept with their places, of each kind one."""

from collections import Counter

from memory_imports.errors import FileRefused, Problem, Severity

KEPT = 1000


class Problems:
    """Collects problems; ``file`` is the one that they are of."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.kept: list[Problem] = []
        self.counts: Counter[str] = Counter()
        self._kinds: Counter[tuple[str, Severity]] = Counter()
        self._errors = 0

    def add(
        self,
        code: str,
        message: str,
        *,
        severity: Severity = "error",
        row: int | None = None,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        """Add one problem; the message must not hold a cell value."""
        self.counts[code] += 1
        self._errors += severity == "error"
        # The first of a kind is kept even after a thousand others: it may be what refuses the file.
        if len(self.kept) >= KEPT and not self._kinds[code, severity]:
            self._make_room()
        if len(self.kept) < KEPT:
            self._kinds[code, severity] += 1
            self.kept.append(
                Problem(
                    code=code,
                    severity=severity,
                    file=self.file,
                    row=row,
                    line=line,
                    column=column,
                    message=message,
                )
            )

    def refuse(self) -> None:
        """Raise `FileRefused` if any problem is an error."""
        if self._errors:
            raise FileRefused(self.sentence(), problems=self.kept, counts=self.counts)

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return self._errors

    def _make_room(self) -> None:
        """Drop the last problem that is not the only one of its kind."""
        place, last = next(
            (place, each)
            for place, each in reversed([*enumerate(self.kept)])
            if self._kinds[each.code, each.severity] > 1
        )
        self._kinds[last.code, last.severity] -= 1
        del self.kept[place]

    def sentence(self) -> str:
        """Return the first error, its place, and how many more there are."""
        shown = next(problem for problem in self.kept if problem.severity == "error")
        more = f" And {self.errors - 1} more." if self.errors > 1 else ""
        return f"{shown.file}{_place(shown)}: {shown.message}{more}"


def _place(problem: Problem) -> str:
    parts = [
        f"row {problem.row}" if problem.row is not None else "",
        f"line {problem.line}" if problem.line is not None else "",
        f"column {problem.column!r}" if problem.column is not None else "",
    ]
    found = ", ".join(part for part in parts if part)
    return f", {found}" if found else ""
