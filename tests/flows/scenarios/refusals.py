"""Every documented refusal of every operation, and what is tried again before it is believed."""

from memory_imports import errors
from memory_imports.models import CreatedImport, ImportStatus
from tests.flows.scenarios.scenario import Listed, Scenario, create, fetch, listing
from tests.support.replies import CLOSED, LOST, REFUSED, answer, at, created, error, html, import_id, page, status

_FLOWS = {"create": (create(), "POST"), "fetch": (fetch(), "GET"), "list": (listing(), "GET")}
_FINAL = {
    400: (400, errors.BadRequest),
    401: (20003, errors.CredentialsRefused),
    403: (403, errors.CredentialsRefused),
    404: (20404, errors.NotFound),
}

SCENARIOS = [
    *(
        Scenario(
            name=f"{operation}, {refused}",
            start=start,
            meets=[error(code, refused)],
            sent=method,
            ends=kind,
            facts={"status": refused, "code": code, "request_id": "RQ1"},
            words=("Something about it", "RQ1"),
            slept=[],
        )
        for operation, (start, method) in _FLOWS.items()
        for refused, (code, kind) in _FINAL.items()
    ),
    *(
        Scenario(
            name=f"{operation}, 429 to the end",
            start=start,
            meets=[error(20429, 429)] * 6,
            sent=" ".join([method] * 6),
            ends=errors.RateLimited,
            facts={"status": 429, "code": 20429, "retry_after": None},
            slept=[0.25, 0.5, 1.0, 2.0, 4.0],
        )
        for operation, (start, method) in _FLOWS.items()
    ),
    *(
        Scenario(
            name=f"{operation}, {refused} to the end",
            start=start,
            meets=[error(code, refused)] * 6,
            sent=" ".join(["GET"] * 6),
            ends=errors.ServiceUnavailable,
            facts={"status": refused, "code": code},
        )
        for operation, start in {"fetch": fetch(), "list": listing()}.items()
        for refused, code in {500: 20500, 503: 20503}.items()
    ),
    *(
        Scenario(
            name=f"fetch, {why} then success",
            start=fetch(),
            meets=[first, status()],
            sent="GET" if first is REFUSED else "GET GET",
            ends=ImportStatus,
            facts={"import_id": import_id(), "state": "COMPLETED"},
            slept=[0.25],
        )
        for why, first in {
            "500": error(20500, 500),
            "502 in HTML": html(502),
            "503": error(20503, 503),
            "an undocumented 599": html(599),
            "429": error(20429, 429),
            "reset": LOST,
            "closed": CLOSED,
            "refused": REFUSED,
        }.items()
    ),
    *(
        Scenario(
            name=f"create, 429 with Retry-After {text}",
            start=create(),
            meets=[error(20429, 429, retry_after=text, date=at(0)), created()],
            sent="POST POST",
            ends=CreatedImport,
            facts={"abandoned": ()},
            slept=[0.25 + asked],
        )
        for text, asked in {"7": 7, at(30): 30, at(-30): 0, "soon": 0, "-5": 0, "1.5": 0, "": 0}.items()
    ),
    *(
        Scenario(
            name=f"create, 429 with an absurd Retry-After of {text[:12]}",
            start=create(),
            meets=[error(20429, 429, retry_after=text, date=at(0))],
            sent="POST",
            ends=errors.RateLimited,
            facts={"retry_after": asked},
            slept=[],
        )
        for text, asked in {"86400": 86400.0, "9" * 400: float("inf"), at(86400): 86400.0}.items()
    ),
    Scenario(
        name="fetch, no answer to the end",
        start=fetch(),
        meets=[LOST] * 6,
        sent=" ".join(["GET"] * 6),
        ends=errors.ConnectionLost,
        facts={"import_id": import_id()},
        words=("6 times",),
    ),
    Scenario(
        name="fetch, an answer that the contract forbids",
        start=fetch(),
        meets=[answer(200, {"filename": "people.csv", "createdAt": "2027-01-15T08:00:00Z"})],
        sent="GET",
        ends=errors.ContractBroken,
        facts={"operation": "FetchProfileImportV2", "status": 200, "import_id": import_id(), "request_id": "RQ1"},
    ),
    Scenario(
        name="create, a redirect is not followed",
        start=create(),
        meets=[answer(307, {}, location="http://here/elsewhere")],
        sent="POST",
        ends=errors.ContractBroken,
        facts={"status": 307},
    ),
    Scenario(
        name="list, several pages, newest first",
        start=listing(),
        meets=[page(3, 2, following="a b/ü"), page(1)],
        sent="GET GET",
        ends=Listed,
    ),
    Scenario(
        name="list, several pages, oldest first",
        start=listing(order="asc", page_size=1),
        meets=[page(1, following="a"), page(2, following="b"), page(3)],
        sent="GET GET GET",
        ends=Listed,
    ),
    Scenario(name="list, empty store", start=listing(), meets=[page()], sent="GET", ends=Listed),
    Scenario(name="list, nothing at all", start=listing(), meets=[answer(200, {})], sent="GET", ends=Listed),
    Scenario(name="list, empty token", start=listing(), meets=[page(1, following="")], sent="GET", ends=Listed),
    *(
        Scenario(
            name=f"list, token loop of {len(tokens)}",
            start=listing(),
            meets=[page(number, following=token) for number, token in enumerate((*tokens, tokens[0]))],
            sent=" ".join(["GET"] * (len(tokens) + 1)),
            ends=errors.ContractBroken,
            facts={"pointer": "/meta/nextToken", "operation": "ListProfileImportsV2"},
        )
        for tokens in ("a", "ab", "abc")
    ),
]
