"""Planted changes of single schemas, in what is sent and in what comes back."""

from .pair import ALL, CREATE, FETCH, LIST, PARAMETERS, SCHEMAS, Pair, add, all_of, drop, dropped, put, put_in, rename

BOTH = f"{CREATE}, {FETCH}"
FILE_SIZE, FILE_NAME = f"{SCHEMAS}/FileSize", f"{SCHEMAS}/FileName"
REQUEST, CREATED = f"{SCHEMAS}/CreateImportRequest", f"{SCHEMAS}/CreatedImport"
STATUS, SUMMARY, ERROR = f"{SCHEMAS}/ImportStatus", f"{SCHEMAS}/ImportSummary", f"{SCHEMAS}/Error"
META, PAGE, STATE = f"{SCHEMAS}/ListMeta", f"{SCHEMAS}/ImportList", f"{SCHEMAS}/ImportState"
MAPPING, MAPPINGS = f"{SCHEMAS}/ColumnMapping", f"{SCHEMAS}/ColumnMappings"
PAGE_SIZE, TOKEN, ORDER = f"{SCHEMAS}/PageSize", f"{SCHEMAS}/PageToken", f"{SCHEMAS}/SortOrder"

REQUESTS = (
    put_in("page size maximum lowered", "maximum-lowered", "breaking", LIST, f"{PAGE_SIZE}/maximum", 100),
    put_in("page size maximum raised", "maximum-raised", "compatible", LIST, f"{PAGE_SIZE}/maximum", 2000),
    dropped("page size maximum gone", "maximum-removed", "compatible", LIST, f"{PAGE_SIZE}/maximum"),
    put_in("page size minimum raised", "minimum-raised", "breaking", LIST, f"{PAGE_SIZE}/minimum", 10),
    put_in("page size minimum lowered", "minimum-lowered", "compatible", LIST, f"{PAGE_SIZE}/minimum", 0),
    Pair(
        "page size exclusive",
        "maximum-lowered",
        "breaking",
        LIST,
        f"{PAGE_SIZE}/maximum",
        put(f"{PAGE_SIZE}/exclusiveMaximum", value=True),
    ),
    put_in("page size in tens", "multiple-of-added", "breaking", LIST, f"{PAGE_SIZE}/multipleOf", 10),
    put_in("page size a string", "type-changed", "breaking", LIST, f"{PAGE_SIZE}/type", "string"),
    put_in("page size any number", "type-widened", "compatible", LIST, f"{PAGE_SIZE}/type", "number"),
    put_in("page size default changed", "default-changed", "breaking", LIST, f"{PAGE_SIZE}/default", 20),
    dropped("page size default gone", "default-removed", "breaking", LIST, f"{PAGE_SIZE}/default"),
    put_in("order default turned round", "default-changed", "breaking", LIST, f"{ORDER}/default", "ASC"),
    put_in("order word gone", "enum-words-removed", "breaking", LIST, f"{ORDER}/enum", ["DESC"]),
    Pair("order word added", "enum-words-added", "compatible", LIST, f"{ORDER}/enum", add(f"{ORDER}/enum", "NAME")),
    put_in("order words changed", "enum-words-changed", "breaking", LIST, f"{ORDER}/enum", ["asc", "DESC"]),
    dropped("order any word", "enum-removed", "compatible", LIST, f"{ORDER}/enum"),
    put_in(
        "store id pattern narrowed",
        "pattern-narrowed",
        "breaking",
        ALL,
        f"{SCHEMAS}/StoreId/pattern",
        "^mem_store_[0-7][0-9a-z]{25}$",
    ),
    dropped("store id pattern gone", "pattern-removed", "compatible", ALL, f"{SCHEMAS}/StoreId/pattern"),
    put_in("store id length bound", "max-length-added", "breaking", ALL, f"{SCHEMAS}/StoreId/maxLength", 30),
    Pair(
        "request property required",
        "required-property-added",
        "breaking",
        CREATE,
        f"{REQUEST}/properties/locale",
        all_of(
            put(f"{REQUEST}/properties/locale", {"type": "string"}),
            add(f"{REQUEST}/required", "locale"),
            put(f"{REQUEST}/maxProperties", 4),
        ),
    ),
    Pair(
        "request property offered",
        "property-added",
        "compatible",
        CREATE,
        f"{REQUEST}/properties/locale",
        all_of(put(f"{REQUEST}/properties/locale", {"type": "string"}), put(f"{REQUEST}/maxProperties", 4)),
    ),
    Pair(
        "request property optional",
        "property-now-optional",
        "compatible",
        CREATE,
        f"{REQUEST}/required",
        drop(f"{REQUEST}/required/1"),
    ),
    Pair(
        "request property gone",
        "property-removed",
        "breaking",
        CREATE,
        f"{REQUEST}/properties/fileSize",
        all_of(drop(f"{REQUEST}/properties/fileSize"), drop(f"{REQUEST}/required/1")),
    ),
    Pair(
        "request property renamed",
        "property-renamed",
        "breaking",
        CREATE,
        f"{REQUEST}/properties/fileSize",
        all_of(
            rename(f"{REQUEST}/properties/fileSize", "size"),
            put(f"{REQUEST}/required", ["filename", "size", "columnMappings"]),
        ),
    ),
    put_in("request wider", "max-properties-raised", "compatible", CREATE, f"{REQUEST}/maxProperties", 5),
    Pair(
        "property of the request nullable",
        "nullable-added",
        "compatible",
        CREATE,
        f"{FILE_SIZE}/nullable",
        put(
            f"{REQUEST}/properties/fileSize", {"type": "integer", "minimum": 1, "maximum": 104857600, "nullable": True}
        ),
    ),
    Pair(
        "one of the two sides alone",
        "max-length-lowered",
        "breaking",
        CREATE,
        f"{FILE_NAME}/maxLength",
        put(f"{REQUEST}/properties/filename", {"type": "string", "maxLength": 100}),
    ),
    Pair(
        "token must not be empty",
        "min-length-added",
        "breaking",
        LIST,
        f"{TOKEN}/minLength",
        put(f"{PARAMETERS}/PageToken/schema", {"type": "string", "maxLength": 4096, "minLength": 1}),
    ),
)

ANSWERS = (
    Pair("state added", "enum-words-added", "breaking", FETCH, f"{STATE}/enum", add(f"{STATE}/enum", "QUEUED")),
    put_in(
        "state gone", "enum-words-removed", "compatible", FETCH, f"{STATE}/enum", ["PENDING", "COMPLETED", "FAILED"]
    ),
    put_in(
        "state renamed",
        "enum-words-changed",
        "breaking",
        FETCH,
        f"{STATE}/enum",
        ["PENDING", "RUNNING", "COMPLETED", "FAILED"],
    ),
    dropped("any state", "enum-removed", "breaking", FETCH, f"{STATE}/enum"),
    put_in("url longer", "max-length-raised", "breaking", CREATE, f"{CREATED}/properties/url/maxLength", 4096),
    put_in("url shorter", "max-length-lowered", "compatible", CREATE, f"{CREATED}/properties/url/maxLength", 1024),
    dropped("url of any length", "max-length-removed", "breaking", CREATE, f"{CREATED}/properties/url/maxLength"),
    put_in("url nullable", "nullable-added", "breaking", CREATE, f"{CREATED}/properties/url/nullable", value=True),
    put_in("url with a format", "format-added", "compatible", CREATE, f"{CREATED}/properties/url/format", "uri"),
    Pair(
        "url not promised",
        "property-now-optional",
        "breaking",
        CREATE,
        f"{CREATED}/required",
        drop(f"{CREATED}/required/1"),
    ),
    Pair(
        "url gone",
        "property-removed",
        "breaking",
        CREATE,
        f"{CREATED}/properties/url",
        all_of(drop(f"{CREATED}/properties/url"), drop(f"{CREATED}/required/1")),
    ),
    Pair(
        "url renamed",
        "property-renamed",
        "breaking",
        CREATE,
        f"{CREATED}/properties/url",
        all_of(rename(f"{CREATED}/properties/url", "uploadUrl"), put(f"{CREATED}/required", ["importId", "uploadUrl"])),
    ),
    put_in(
        "created import id with a pattern",
        "pattern-added",
        "compatible",
        CREATE,
        f"{CREATED}/properties/importId/pattern",
        "^mem_import_",
    ),
    put_in(
        "created import id a number",
        "type-changed",
        "breaking",
        CREATE,
        f"{CREATED}/properties/importId/type",
        "integer",
    ),
    dropped("created import open", "max-properties-removed", "breaking", CREATE, f"{CREATED}/maxProperties"),
    put_in(
        "optional property added to the status",
        "property-added",
        "compatible",
        FETCH,
        f"{STATUS}/properties/startedAt",
        {"type": "string", "format": "date-time"},
    ),
    Pair(
        "required property added to the status",
        "required-property-added",
        "compatible",
        FETCH,
        f"{STATUS}/properties/startedAt",
        all_of(put(f"{STATUS}/properties/startedAt", {"type": "string"}), add(f"{STATUS}/required", "startedAt")),
    ),
    dropped(
        "optional property gone from the status", "property-removed", "breaking", FETCH, f"{STATUS}/properties/summary"
    ),
    Pair(
        "updatedAt promised",
        "property-now-required",
        "compatible",
        FETCH,
        f"{STATUS}/required",
        add(f"{STATUS}/required", "updatedAt"),
    ),
    Pair(
        "createdAt not promised",
        "property-now-optional",
        "breaking",
        FETCH,
        f"{STATUS}/required",
        drop(f"{STATUS}/required/2"),
    ),
    dropped("createdAt any string", "format-removed", "breaking", FETCH, f"{STATUS}/properties/createdAt/format"),
    put_in("createdAt a day", "format-changed", "breaking", FETCH, f"{STATUS}/properties/createdAt/format", "date"),
    Pair(
        "createdAt a number",
        "type-changed",
        "breaking",
        FETCH,
        f"{STATUS}/properties/createdAt/type",
        put(f"{STATUS}/properties/createdAt", {"type": "integer", "format": "int64"}),
    ),
    Pair(
        "errors renamed",
        "property-renamed",
        "breaking",
        FETCH,
        f"{SUMMARY}/properties/errors",
        rename(f"{SUMMARY}/properties/errors", "errorCount"),
    ),
    put_in("errors any number", "type-widened", "breaking", FETCH, f"{SUMMARY}/properties/errors/type", "number"),
    put_in("errors never negative", "minimum-added", "compatible", FETCH, f"{SUMMARY}/properties/errors/minimum", 0),
    put_in(
        "summary closed",
        "additional-properties-closed",
        "compatible",
        FETCH,
        f"{SUMMARY}/additionalProperties",
        value=False,
    ),
    put_in(
        "summary of integers",
        "additional-properties-limited",
        "compatible",
        FETCH,
        f"{SUMMARY}/additionalProperties",
        {"type": "integer"},
    ),
    put_in("longer pages", "max-items-raised", "breaking", LIST, f"{PAGE}/properties/imports/maxItems", 1000),
    put_in("shorter pages", "max-items-lowered", "compatible", LIST, f"{PAGE}/properties/imports/maxItems", 50),
    put_in(
        "pages without repeats",
        "unique-items-added",
        "compatible",
        LIST,
        f"{PAGE}/properties/imports/uniqueItems",
        value=True,
    ),
    put_in("pages never empty", "min-items-added", "compatible", LIST, f"{PAGE}/properties/imports/minItems", 1),
    Pair(
        "pages of objects",
        "type-changed",
        "breaking",
        LIST,
        f"{SCHEMAS}/ImportId/type",
        put(f"{PAGE}/properties/imports/items", {"type": "object"}),
    ),
    dropped("pages of anything", "items-freed", "breaking", LIST, f"{PAGE}/properties/imports/items"),
    dropped("meta gone", "property-removed", "breaking", LIST, f"{PAGE}/properties/meta"),
    Pair(
        "next token renamed",
        "property-renamed",
        "breaking",
        LIST,
        f"{META}/properties/nextToken",
        rename(f"{META}/properties/nextToken", "next"),
    ),
    put_in("meta key nullable", "nullable-added", "breaking", LIST, f"{META}/properties/key/nullable", value=True),
    Pair(
        "meta with one more",
        "property-added",
        "compatible",
        LIST,
        f"{META}/properties/total",
        all_of(put(f"{META}/properties/total", {"type": "integer"}), put(f"{META}/maxProperties", 5)),
    ),
    put_in("error code higher", "maximum-raised", "breaking", ALL, f"{ERROR}/properties/code/maximum", 9999999),
    put_in("error code lower", "maximum-lowered", "compatible", ALL, f"{ERROR}/properties/code/maximum", 99999),
    put_in(
        "error page looser", "format-widened", "breaking", ALL, f"{ERROR}/properties/more_info/format", "uri-reference"
    ),
    put_in("error code a string", "type-changed", "breaking", ALL, f"{ERROR}/properties/code/type", "string"),
    dropped("error open", "additional-properties-opened", "breaking", ALL, f"{ERROR}/additionalProperties"),
    put_in(
        "error with one more", "property-added", "compatible", ALL, f"{ERROR}/properties/details", {"type": "object"}
    ),
    dropped("error message gone", "property-removed", "breaking", ALL, f"{ERROR}/properties/message"),
    put_in("error code promised", "property-now-required", "compatible", ALL, f"{ERROR}/required", ["code"]),
    Pair(
        "one shape of two",
        "alternative-added",
        "breaking",
        FETCH,
        f"{SUMMARY}/oneOf",
        put(
            f"{SUMMARY}",
            {
                "oneOf": [
                    {"type": "object", "properties": {"errors": {"type": "integer"}, "warnings": {"type": "integer"}}},
                    {"type": "string"},
                ]
            },
        ),
    ),
    put_in(
        "a rule of JSON Schema that nobody here uses",
        "keyword-added",
        "compatible",
        FETCH,
        f"{SUMMARY}/not",
        {"required": ["errors"]},
    ),
)

SHARED = (
    put_in("largest file lowered", "maximum-lowered", "breaking", BOTH, f"{FILE_SIZE}/maximum", 52428800),
    put_in("largest file raised", "maximum-raised", "breaking", BOTH, f"{FILE_SIZE}/maximum", 209715200),
    put_in("file names longer", "max-length-raised", "breaking", BOTH, f"{FILE_NAME}/maxLength", 512),
    put_in("file names not empty", "min-length-added", "breaking", BOTH, f"{FILE_NAME}/minLength", 1),
    put_in("one mapping is enough", "min-items-lowered", "breaking", BOTH, f"{MAPPINGS}/minItems", 1),
    put_in("three mappings at least", "min-items-raised", "breaking", BOTH, f"{MAPPINGS}/minItems", 3),
    put_in(
        "trait names longer", "max-length-raised", "breaking", BOTH, f"{MAPPING}/properties/traitName/maxLength", 128
    ),
    dropped("mapping open", "additional-properties-opened", "breaking", BOTH, f"{MAPPING}/additionalProperties"),
    put_in(
        "import ids another pattern",
        "pattern-changed",
        "breaking",
        f"{LIST}, {FETCH}",
        f"{SCHEMAS}/ImportId/pattern",
        "^mem_imp_[0-9a-z]{26}$",
    ),
    put_in("tokens longer", "max-length-raised", "breaking", LIST, f"{TOKEN}/maxLength", 8192),
)

PAIRS = (*REQUESTS, *ANSWERS, *SHARED)
