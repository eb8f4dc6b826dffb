"""The three operations. What a request may look like comes from the contract; what it does is here.

`meta.pageSize` is the size that was used, after the page's own limit: the vendor does not say which it is.
"""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from memory_imports_sandbox import ids, imports, reading, tokens
from memory_imports_sandbox.account import Account
from memory_imports_sandbox.contract import Contract, Json, Operation
from memory_imports_sandbox.database import transaction
from memory_imports_sandbox.ids import Randomness
from memory_imports_sandbox.imports import FINAL, Import
from memory_imports_sandbox.messages import MALFORMED_STORE_ID, NO_SUCH_STORE, Reply, Request, json_reply, problem
from memory_imports_sandbox.objects import Bucket
from memory_imports_sandbox.reading import Refused
from memory_imports_sandbox.tokens import Order, Place


@frozen
class Api:
    """Answers requests whose credentials are good."""

    contract: Contract
    connection: sqlite3.Connection
    account: Account
    bucket: Bucket
    random: Randomness

    def answer(self, request: Request, now: float) -> Reply:
        """The path first, then the store, then the rest: the order in which a real service finds its faults."""
        candidates = self.contract.at(request.path)
        if not candidates:
            return problem(404, "There is nothing at this path.")
        chosen = [pair for pair in candidates if pair[0].method == request.method]
        if not chosen:
            allowed = ", ".join(operation.method for operation, _ in candidates)
            return problem(405, "This path does not know the method.", ("allow", allowed))
        operation, path = chosen[0]
        try:
            store_id = reading.check(self.contract, operation, "storeId", path["storeId"], MALFORMED_STORE_ID)
            if store_id != self.account.store_id:
                return problem(404, "There is no such store.", code=NO_SUCH_STORE)
            return self._perform(operation, path, request, now)
        except Refused as refused:
            return problem(400, str(refused), code=refused.code)

    def _perform(self, operation: Operation, path: Mapping[str, str], request: Request, now: float) -> Reply:
        parameters = reading.query(self.contract, operation, request.query)
        if operation.name == "CreateProfilesImportV2":
            return self._create(reading.body(self.contract, operation, request), request, now)
        if operation.name == "ListProfileImportsV2":
            return self._list(parameters)
        if operation.name == "FetchProfileImportV2":
            return self._fetch(reading.check(self.contract, operation, "importId", path["importId"]))
        return problem(404, "The sandbox does not know this operation.")

    def _create(self, body: Mapping[str, Any], request: Request, now: float) -> Reply:
        import_id = ids.new("mem_import_", now, self.random)
        with transaction(self.connection):
            imports.add(self.connection, import_id, body, now)
        url = self.bucket.url(import_id, request.header("host") or "localhost", now)
        return json_reply(201, {"importId": import_id, "url": url})

    def _fetch(self, import_id: str) -> Reply:
        found = imports.find(self.connection, import_id)
        return problem(404, "There is no such import.") if found is None else json_reply(200, _status(found))

    def _list(self, parameters: Mapping[str, Json]) -> Reply:
        size = min(parameters.get("pageSize") or self.contract.largest_page, self.contract.largest_page)
        order: Order = parameters.get("orderBy") or "DESC"
        token, place = parameters.get("pageToken"), None
        if token is not None:
            place = tokens.take(self.account.token_secret, token)
            if place is None or place.order != order:
                raise Refused("pageToken is not one that this list gave.")
        found = imports.page(self.connection, place, order, size)
        meta: dict[str, object] = {"key": "imports", "pageSize": size}
        if found:
            before, behind = (
                Place(order, back=True, position=found[0][0]),
                Place(order, back=False, position=found[-1][0]),
            )
            for name, neighbour in (("nextToken", behind), ("previousToken", before)):
                if imports.page(self.connection, neighbour, order, 1):
                    meta[name] = tokens.give(self.account.token_secret, neighbour)
        return json_reply(200, {"imports": [import_id for _, import_id in found], "meta": meta})


def _status(found: Import) -> dict[str, object]:
    document: dict[str, object] = {
        "status": found.state,
        "filename": found.filename,
        "fileSize": found.file_size,
        "columnMappings": found.mappings,
        "createdAt": _moment(found.created_at),
        "updatedAt": _moment(found.updated_at),
    }
    if found.state in FINAL:
        document["summary"] = {"errors": found.errors, "warnings": found.warnings}
    return document


def _moment(seconds: float) -> str:
    # Whole seconds, as in the contract's examples: the vendor's own SDK leaves anything finer unread.
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
