"""What every check works with: it builds requests, has answers judged, and counts the cases of each operation."""

import json
import re
import time
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from attrs import Factory, define, field, frozen

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.live.answers import Answer
from memory_imports_contract.live.book import Book
from memory_imports_contract.live.contract import Contract, Operation
from memory_imports_contract.live.errors import Errors
from memory_imports_contract.live.exchange import Ask, unanswered
from memory_imports_contract.live.judge import Expected, Judge, success
from memory_imports_contract.live.session import NoAnswerError, Session

Json = Any  # a JSON value can be anything
NOTHING = object()
LEVELS = ("read", "create", "upload")
NO_SUCH_GROUP, NOT_ACTIVE = 520047, 520042
_RANDOM = 26
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
SECOND = 1.1
"""Long enough for two moments to differ where times are shown in whole seconds."""


def pass_second(since: float) -> None:
    """Waits until a moment from now on differs from that one, however coarsely times are shown."""
    time.sleep(max(0.0, min(SECOND, SECOND + since - time.time())))


@frozen
class Created:
    """An import of this run: what it was created with and what came back; `answer` holds its URL."""

    body: Json
    answer: Answer = field(repr=False)
    import_id: str
    url: str | None = field(repr=False)
    at: float


@define
class Bench:
    """One run of the checks against one store."""

    contract: Contract
    session: Session
    store_id: str
    level: str
    seed: int
    patience: float
    book: Book = Factory(Book)
    errors: Errors = Factory(Errors)
    cases: Counter[str] = Factory(Counter)
    created: list[Created] = Factory(list)
    listed: list[str] = Factory(list)
    random: Random = Factory(lambda self: Random(self.seed), takes_self=True)  # noqa: S311 - no secret

    def may(self, level: str) -> bool:
        """Whether the run may do what the level stands for."""
        return LEVELS.index(self.level) >= LEVELS.index(level)

    @property
    def some_import(self) -> str | None:
        """The id of an import that is there, if one is known."""
        return next(iter([*(made.import_id for made in self.created), *self.listed]), None)

    @property
    def near(self) -> bool:
        """Whether the server is on this machine, where nothing is anybody's."""
        return self.session.near

    def ask(
        self,
        operation: Operation,
        *,
        store: str | None = None,
        import_id: str | None = None,
        query: Sequence[tuple[str, str]] = (),
        body: Json = NOTHING,
        auth: str = "good",
        method: str | None = None,
    ) -> Ask:
        """A request of the operation; a body of bytes is sent as it is."""
        values = {"storeId": store or self.store_id, "importId": import_id or ""}
        path = re.sub(r"\{(\w+)\}", lambda match: quote(values[match[1]], safe=""), operation.template)
        url = self.session.base_url.rstrip("/") + path + ("?" + urlencode(query, quote_via=quote) if query else "")
        if body is NOTHING:
            return Ask(method or operation.method, url, auth)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Ask(method or operation.method, url, auth, (("content-type", "application/json"),), content)

    def check(self, operation: Operation, ask: Ask, expected: Expected) -> Answer:
        """Sends the request and has the answer judged; a lost connection is a suspicion, unless the server is gone."""
        self.cases[operation.name] += 1
        try:
            exchange = self.session.send(ask)
        except NoAnswerError as error:
            self.survive()
            lost = "no answer was there in time" if error.slow else "the connection was lost each time"
            message = f"{expected.what}: {lost}."
            self.book.note("no-answer", operation.name, expected.where, message, unanswered(ask))
            return Answer(operation, unanswered(ask), ok=False)
        return Judge(self.book, self.errors).judge(operation, exchange, expected)

    def survive(self) -> None:
        """Sees that the server is still there.

        Raises:
            DriftUnavailable: It is not.
        """
        try:
            self.session.send(self.ask(self.contract.listing))
        except NoAnswerError as error:
            raise DriftUnavailable("The server stopped answering in the middle of the checks.") from error

    def create(self, body: Json, rule: str = "good-request-refused", where: str = "", what: str = "") -> Created | None:
        """Creates an import and remembers it; None if nothing usable came back."""
        operation = self.contract.create
        expected = success(
            operation, rule, "/request/body" + where, what or "a good request", NO_SUCH_GROUP, NOT_ACTIVE
        )
        answer = self.check(operation, self.ask(operation, body=body), expected)
        import_id = answer.get("importId")
        if not import_id:
            if answer.ok and isinstance(answer.document, dict) and isinstance(answer.document.get("importId"), str):
                message = "The id of the new import is empty, or breaks the contract."
                self.book.note("created-id-shape", operation.name, "/answer/body/importId", message, answer.exchange)
            return None
        url = answer.get("url")
        made = Created(body, answer, import_id, url if isinstance(url, str) else None, answer.exchange.at)
        self.created.append(made)
        return made

    def fetch(self, import_id: str, rule: str = "import-not-fetched") -> Answer:
        """Fetches an import that is there."""
        operation = self.contract.fetch
        expected = success(operation, rule, "/request/path/importId", "an import that is there")
        return self.check(operation, self.ask(operation, import_id=import_id), expected)

    def page(self, *query: tuple[str, str], rule: str = "good-request-refused", where: str = "/request") -> Answer:
        """Fetches a page of the list."""
        operation = self.contract.listing
        expected = success(operation, rule, where, "a good request")
        return self.check(operation, self.ask(operation, query=query), expected)

    def unknown(self, name: str) -> str:
        """An id of the right shape, made up, so that nothing has it."""
        schema = self.contract.fetch.parameter(name).schema
        letters = list(str(schema["example"]))
        for index in range(len(letters) - 1, -1, -1):
            changed = [*letters[:index], self.random.choice(_LETTERS), *letters[index + 1 :]]
            letters = changed if re.fullmatch(schema["pattern"], "".join(changed)) else letters
        return "".join(letters)

    @staticmethod
    def is_made_up(name: str) -> bool:
        """Whether the id is so random that nothing can have it; a server may well have one of zeros."""
        return len(set(name[-_RANDOM:])) >= _RANDOM // 2 and name.isprintable()
