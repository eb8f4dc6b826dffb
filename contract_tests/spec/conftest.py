"""The packaged specification, and a comparison of it with another, without a file between them."""

from collections.abc import Callable
from datetime import date

import pytest
import yaml

from memory_imports_contract import SpecReport
from memory_imports_contract.spec import source
from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.document import Document
from memory_imports_contract.spec.merge import changes

from .pair import Spec

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def packaged() -> Spec:
    """The packaged specification as plain data; tests copy it."""
    return yaml.safe_load(source.packaged().read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def client() -> Document:
    """The packaged specification as a document."""
    return source.load(source.packaged())


@pytest.fixture
def report(client: Document) -> Callable[[Spec], SpecReport]:
    """Compare the packaged specification with plain data."""

    def compare(new: Spec) -> SpecReport:
        document = Document(new, "new", older=str(new["openapi"]).startswith("3.0"))
        return SpecReport(changes(differences(client, document, client)))

    return compare
