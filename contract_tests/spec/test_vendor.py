"""The vendor's own layout, as the newer specification and as the base."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from memory_imports_contract import SpecReport
from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.document import Document
from memory_imports_contract.spec.merge import changes

from .pair import CREATE, FETCH, LIST, Change, Spec, drop, put
from .vendor import VENDOR

IMPORTS = "/paths/~1v1~1Stores~1{storeId}~1Profiles~1Imports"
CREATED = f"{IMPORTS}/post/responses/201/content/application~1json/schema"
STATUS = f"{IMPORTS}~1{{importId}}/get/responses/200/content/application~1json/schema"
ALL = f"{CREATE}, {LIST}, {FETCH}"

PLANTED: tuple[tuple[Change, str, str, str, str], ...] = (
    (
        put(f"{CREATED}/properties/url/maxLength", 4096),
        "max-length-raised",
        "breaking",
        CREATE,
        "/properties/url/maxLength",
    ),
    (put(f"{STATUS}/properties/fileSize/maximum", 5), "maximum-lowered", "compatible", FETCH, "/maximum"),
    (drop(f"{STATUS}/properties/summary"), "property-removed", "breaking", FETCH, "/properties/summary"),
    (
        put("/components/schemas/TwilioError/properties/trace", {"type": "string"}),
        "property-added",
        "compatible",
        ALL,
        "/properties/trace",
    ),
    (
        put("/components/schemas/ProfilesMeta/properties/key/nullable", value=True),
        "nullable-added",
        "breaking",
        LIST,
        "/properties/key/nullable",
    ),
    (drop("/components/responses/TooManyRequests/headers"), "header-removed", "breaking", ALL, "/headers/Retry-After"),
)


def test_the_vendors_layout_is_no_drift_in_either_direction(
    report: Callable[[Spec], SpecReport], client: Document
) -> None:
    """As the newer specification, and as a base that the packaged one is compared with."""
    assert "none" == report(VENDOR).verdict
    base = Document(VENDOR, "vendor", older=True)
    assert "none" == SpecReport(changes(differences(base, client, client))).verdict
    assert () == changes(differences(base, Document(deepcopy(VENDOR), "vendor", older=True), client))


@pytest.mark.parametrize(("change", "rule", "severity", "operation", "where"), PLANTED, ids=[row[1] for row in PLANTED])
@pytest.mark.parametrize("own", [False, True], ids=["our base", "their base"])
def test_what_the_vendor_changes_there_is_found_once(  # noqa: PLR0917 - pytest names them
    change: Change,
    rule: str,
    severity: str,
    operation: str,
    where: str,
    own: bool,  # noqa: FBT001 - the same
    client: Document,
) -> None:
    """Whichever of the two layouts it is compared with."""
    new = deepcopy(VENDOR)
    change(new)
    base = Document(VENDOR, "vendor", older=True) if own else client
    found = changes(differences(base, Document(new, "new", older=True), client))
    loud = [each for each in found if each.severity.value != "note"]
    assert [(rule, severity, operation)] == [(each.rule, each.severity.value, each.operation) for each in loud]
    assert loud[0].where.endswith(where)
