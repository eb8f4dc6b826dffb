"""Which fields the errors of a server have, so that one kind of error that lost a field is seen.

None of the fields is promised, and a server may do without any of them: but then always. Sends nothing.
"""

from attrs import Factory, define

from memory_imports_contract.live.answers import Answer, Gap
from memory_imports_contract.live.book import Book

_ENOUGH = 3


@define
class Errors:
    """Errors by operation and status."""

    _seen: dict[tuple[str, int], list[Answer]] = Factory(dict)

    def note(self, answer: Answer) -> None:
        """Remembers an error that was answered."""
        self._seen.setdefault((answer.operation.name, answer.exchange.status), []).append(answer)

    def judge(self, book: Book) -> None:
        """Notes a field that errors of one status, or of one operation, lack while all others have it."""
        kinds = [answer.operation.answers[answer.exchange.status] for group in self._seen.values() for answer in group]
        for name in dict.fromkeys(name for schema in kinds for name in schema["properties"]):
            absent = {
                kind: {answer.value(name) is Gap.ABSENT for answer in group} for kind, group in self._seen.items()
            }
            lacking = [kind for kind, gaps in absent.items() if gaps == {True}]
            having = [kind for kind, gaps in absent.items() if gaps == {False}]
            alike = len({status for _, status in lacking}) == 1 or len({one for one, _ in lacking}) == 1
            if (
                lacking
                and alike
                and len(having) >= max(_ENOUGH, len(lacking))
                and len(lacking) + len(having) == len(absent)
            ):
                for kind in lacking:
                    message = f"Errors of status {kind[1]} have no {name}, which all other errors of this server have."
                    answer = self._seen[kind][0]
                    where = f"/answer/body/{name}"
                    book.note("field-vanished", kind[0], where, message, answer.exchange, cause=f"error {name}")
