"""What is looked at when a run has ended: whether it told the truth, and whether the store holds what it should."""

from collections import Counter
from collections.abc import Iterator, Mapping

from memory_imports.models import PartResult, RunResult
from tests.simulation.service import Found, Service
from tests.simulation.shapes import Shape


def accounts(shape: Shape, service: Service, files: Mapping[str, bytes], result: RunResult) -> Iterator[str]:
    """Yield where a result differs from what the store shows."""
    for index, part in enumerate(result.parts):
        yield from _of_part(shape, service, files, index, part)
    wanted = _outcome(shape, service, result)
    if result.outcome != wanted:
        yield f"the outcome is said to be {result.outcome}, and is {wanted}"


def _of_part(shape: Shape, service: Service, files: Mapping[str, bytes], index: int, part: PartResult) -> Iterator[str]:
    for import_id in part.abandoned:
        if import_id in files:
            yield f"{import_id} is said to be empty, and has a file"
    if part.import_id is None:
        if index not in shape.stuck():
            yield f"part {index} was not sent"
        return
    found = service.find(part.import_id)
    if found is None or files.get(part.import_id) != shape.bodies[index]:
        yield f"{part.import_id} is said to hold part {index}, and holds {files.get(part.import_id)!r}"
    elif part.state is not None and not _agree(part, found):
        yield f"{part} is said of {found}"


def _agree(part: PartResult, found: Found) -> bool:
    # What the service did not say nobody can know.
    errors = part.errors is None or part.errors == found.errors
    warnings = part.warnings is None or part.warnings == found.warnings
    return errors and warnings and part.state == found.state and part.state in {"COMPLETED", "FAILED"}


def _outcome(shape: Shape, service: Service, result: RunResult) -> str:
    found = [
        None if part.import_id is None or part.state is None else service.find(part.import_id) for part in result.parts
    ]
    states = {None if each is None else each.state for each in found}
    if "FAILED" in states:
        return "failed"
    if None in states:
        return "uploaded"
    # What the service did not say nobody can know.
    errors = sum(
        each.errors for each, part in zip(found, result.parts, strict=True) if each and part.errors is not None
    )
    return "completed_with_errors" if errors or shape.plan.rejects else "completed"


def held(shape: Shape, service: Service, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield where the store does not hold each row of a file once, in the end."""
    ended = {each.id: each.state for each in service.imports()}
    stuck = shape.stuck()
    arrived = Counter(
        line
        for import_id, body in files.items()
        if ended[import_id] == "COMPLETED"
        for line in body.decode().splitlines()[1:]
    )
    wanted = Counter(
        line for part, body in shape.bodies.items() if part not in stuck for line in body.decode().splitlines()[1:]
    )
    if arrived != wanted:
        yield f"missing: {wanted - arrived}, too many: {arrived - wanted}"
    if sum((Counter(body.decode().splitlines()[1:]) for body in shape.bodies.values()), Counter()) != Counter(
        shape.texts
    ):
        yield "the parts are not the rows of the file"


def named(shape: Shape, service: Service) -> Iterator[str]:
    """Yield where the store does not say what the file says that came last."""
    if shape.last_names() != service.names():
        yield f"in the end {service.names()} are there, not {shape.last_names()}"
