"""Planted changes of operations, parameters, statuses, headers, media types, servers and credentials."""

from copy import deepcopy

from .pair import (
    ALL,
    CREATE,
    FETCH,
    IMPORT,
    IMPORTS,
    JSON,
    LIST,
    PARAMETERS,
    RESPONSES,
    SCHEMAS,
    Change,
    Pair,
    Spec,
    add,
    all_of,
    at,
    drop,
    dropped,
    put,
    put_in,
    rename,
)

HEADERS = f"{RESPONSES}/TooManyRequests/headers"
ERRORS = (
    "BadRequest",
    "Unauthorized",
    "Forbidden",
    "NotFound",
    "TooManyRequests",
    "InternalServerError",
    "ServiceUnavailable",
)
CONFLICT = {"$ref": "#/components/responses/NotFound"}
LOCALE = {"name": "locale", "in": "query", "schema": {"type": "string"}}
SIZE = f"{PARAMETERS}/PageSize"


def moved(spec: Spec) -> None:
    """The two paths under another name."""
    for path in list(spec["paths"]):
        spec["paths"][path.replace("Imports", "Loads")] = spec["paths"].pop(path)


def swapped(spec: Spec) -> None:
    """Fetching by another method."""
    item = at(spec, IMPORT)
    item["post"] = item.pop("get")


def everywhere(status: str) -> Change:
    """One more status on every operation."""
    return all_of(
        *(
            put(f"{place}/responses/{status}", CONFLICT)
            for place in (f"{IMPORTS}/post", f"{IMPORTS}/get", f"{IMPORT}/get")
        )
    )


def problems(spec: Spec) -> None:
    """Errors in another media type."""
    for name in ERRORS:
        content = at(spec, f"{RESPONSES}/{name}/content")
        content["application/problem+json"] = content.pop("application/json")


def restyled(spec: Spec) -> None:
    """Success of create as 202."""
    responses = at(spec, f"{IMPORTS}/post/responses")
    responses["202"] = responses.pop("201")


def gone(spec: Spec) -> None:
    """No fetching any longer."""
    del spec["paths"]["/v1/Stores/{storeId}/Profiles/Imports/{importId}"]


def token_auth(spec: Spec) -> None:
    """A token in place of a name and a password."""
    spec["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    spec["security"] = [{"token": []}]


def one_more_way(spec: Spec) -> None:
    """A key as well as a name and a password."""
    spec["components"]["securitySchemes"]["key"] = {"type": "apiKey", "in": "header", "name": "X-Key"}
    spec["security"].append({"key": []})


def renamed_and_moved(spec: Spec) -> None:
    """The path and the id are others; only the answer tells."""
    item = spec["paths"].pop("/v1/Stores/{storeId}/Profiles/Imports/{importId}")
    item["get"]["operationId"] = "ShowImport"
    spec["paths"]["/v2/Imports/{storeId}/{importId}"] = deepcopy(item)


PAIRS = (
    Pair("fetch gone", "operation-missing", "breaking", FETCH, f"{IMPORT}/get", gone),
    dropped("create gone", "operation-missing", "breaking", CREATE, f"{IMPORTS}/post"),
    Pair("fetch by POST", "operation-moved", "breaking", FETCH, f"{IMPORT}/get", swapped),
    Pair("fetch moved and renamed", "operation-moved", "breaking", FETCH, f"{IMPORT}/get", renamed_and_moved),
    Pair(
        "list moved",
        "operation-moved",
        "breaking",
        LIST,
        f"{IMPORTS}/get",
        all_of(
            put("/paths/~1v1~1Stores~1{storeId}~1Profiles~1Loads", {}),
            lambda spec: at(spec, "/paths/~1v1~1Stores~1{storeId}~1Profiles~1Loads").update(
                parameters=at(spec, IMPORTS)["parameters"], get=at(spec, IMPORTS).pop("get")
            ),
        ),
    ),
    Pair(
        "another host", "server-changed", "breaking", ALL, "/servers", put("/servers/0/url", "https://api.example.com")
    ),
    Pair(
        "no encryption",
        "server-changed",
        "breaking",
        ALL,
        "/servers",
        put("/servers/0/url", "http://memory.twilio.com"),
    ),
    Pair("bearer tokens", "security-changed", "breaking", ALL, "/security", token_auth),
    Pair(
        "bearer tokens for create alone",
        "security-changed",
        "breaking",
        CREATE,
        "/security",
        all_of(
            put("/components/securitySchemes/token", {"type": "http", "scheme": "bearer"}),
            put(f"{IMPORTS}/post/security", [{"token": []}]),
        ),
    ),
    Pair("one more way to sign in", "security-added", "compatible", ALL, "/security", one_more_way),
    put_in("nobody signs in", "security-dropped", "compatible", ALL, "/security", []),
    Pair(
        "query parameter offered",
        "parameter-added",
        "compatible",
        LIST,
        f"{IMPORTS}/get/parameters",
        add(f"{IMPORTS}/get/parameters", LOCALE),
    ),
    Pair(
        "query parameter demanded",
        "required-parameter-added",
        "breaking",
        LIST,
        f"{IMPORTS}/get/parameters",
        add(f"{IMPORTS}/get/parameters", LOCALE | {"required": True}),
    ),
    put_in(
        "header demanded of create",
        "required-parameter-added",
        "breaking",
        CREATE,
        f"{IMPORTS}/post/parameters",
        [{"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string"}}],
    ),
    Pair(
        "page token gone",
        "parameter-removed",
        "breaking",
        LIST,
        f"{PARAMETERS}/PageToken",
        drop(f"{IMPORTS}/get/parameters/1"),
    ),
    put_in("page size demanded", "parameter-now-required", "breaking", LIST, f"{SIZE}/required", value=True),
    Pair("page size renamed", "parameter-renamed", "breaking", LIST, SIZE, put(f"{SIZE}/name", "limit")),
    Pair("page size in a header", "parameter-moved", "breaking", LIST, SIZE, put(f"{SIZE}/in", "header")),
    Pair(
        "page token as JSON",
        "parameter-encoding-changed",
        "breaking",
        LIST,
        f"{PARAMETERS}/PageToken",
        all_of(
            drop(f"{PARAMETERS}/PageToken/schema"),
            put(
                f"{PARAMETERS}/PageToken/content",
                {"application/json": {"schema": {"$ref": "#/components/schemas/PageToken"}}},
            ),
        ),
    ),
    Pair(
        "path parameter with a label",
        "parameter-encoding-changed",
        "breaking",
        FETCH,
        f"{PARAMETERS}/ImportId",
        put(f"{PARAMETERS}/ImportId/style", "label"),
    ),
    Pair(
        "page token with reserved characters",
        "parameter-encoding-changed",
        "breaking",
        LIST,
        f"{PARAMETERS}/PageToken",
        put(f"{PARAMETERS}/PageToken/allowReserved", value=True),
    ),
    put_in(
        "body may be left out",
        "body-now-optional",
        "compatible",
        CREATE,
        f"{IMPORTS}/post/requestBody/required",
        value=False,
    ),
    dropped("no body", "body-removed", "breaking", CREATE, f"{IMPORTS}/post/requestBody"),
    put_in(
        "a body for list",
        "required-body-added",
        "breaking",
        LIST,
        f"{IMPORTS}/get/requestBody",
        {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
    ),
    Pair(
        "body as a form",
        "media-type-changed",
        "breaking",
        CREATE,
        f"{IMPORTS}/post/requestBody{JSON}",
        rename(f"{IMPORTS}/post/requestBody{JSON}", "application/x-www-form-urlencoded"),
    ),
    put_in(
        "body as a form, too",
        "media-type-added",
        "compatible",
        CREATE,
        f"{IMPORTS}/post/requestBody/content/text~1csv",
        {"schema": {"type": "string"}},
    ),
    put_in(
        "answer as XML, too",
        "media-type-added",
        "breaking",
        FETCH,
        f"{RESPONSES}/ImportFetched/content/application~1xml",
        {"schema": {"type": "object"}},
    ),
    Pair("errors as problem details", "media-type-changed", "breaking", ALL, f"{RESPONSES}/BadRequest{JSON}", problems),
    dropped("answer without a body", "answer-body-removed", "breaking", FETCH, f"{RESPONSES}/ImportFetched/content"),
    Pair("create answers 202", "success-changed", "breaking", CREATE, f"{RESPONSES}/ImportCreated", restyled),
    put_in(
        "create may answer 200",
        "status-added",
        "breaking",
        CREATE,
        f"{IMPORTS}/post/responses/200",
        {"description": "x"},
    ),
    dropped("create answers no success", "success-removed", "breaking", CREATE, f"{IMPORTS}/post/responses/201"),
    put_in("409 on list", "status-added", "breaking", LIST, f"{IMPORTS}/get/responses/409", CONFLICT),
    Pair("308 everywhere", "status-added", "breaking", ALL, f"{IMPORTS}/post/responses/308", everywhere("308")),
    Pair(
        "any other status", "status-added", "breaking", ALL, f"{IMPORTS}/post/responses/default", everywhere("default")
    ),
    dropped("503 gone from fetch", "status-removed", "compatible", FETCH, f"{IMPORT}/get/responses/503"),
    dropped("Retry-After gone", "header-removed", "breaking", ALL, f"{HEADERS}/Retry-After"),
    put_in(
        "Retry-After promised",
        "header-now-required",
        "compatible",
        ALL,
        "/components/headers/RetryAfter/required",
        value=True,
    ),
    dropped(
        "Retry-After in any form", "pattern-removed", "breaking", ALL, "/components/headers/RetryAfter/schema/pattern"
    ),
    put_in(
        "Retry-After on 503, too",
        "header-added",
        "compatible",
        ALL,
        f"{RESPONSES}/ServiceUnavailable/headers/Retry-After",
        {"schema": {"type": "string"}},
    ),
    Pair(
        "404 with a shape of its own",
        "type-changed",
        "breaking",
        ALL,
        f"{SCHEMAS}/Error/type",
        put(f"{RESPONSES}/NotFound{JSON}/schema", {"type": "string"}),
    ),
)
