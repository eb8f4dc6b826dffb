"""A crash, or a lost answer, at every effect of a run: resumed from its journal, the file arrives once."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports import _flow
from memory_imports._effects import Call, Effect, Flow, Put, Record
from memory_imports._flow import Known
from memory_imports.models import PartResult
from tests.flows.scenarios.scenario import CONTENT, TRIES, part
from tests.support.service import Service
from tests.support.simulated import Clock, Crash, Disturb, Disturbance, Simulation, at, undisturbed


class Machine:
    """A machine whose process may end at any time, and whose journal stays."""

    def __init__(self, disturb: Disturb = undisturbed) -> None:
        self.clock = Clock()
        self.service = Service(self.clock)
        self.simulation = Simulation(self.service, clock=self.clock, disturb=disturb)
        self.journal: list[tuple[Record, float]] = []
        self.crashes = 0

    def write(self, record: Record) -> None:
        """Keep a line."""
        self.journal.append((record, self.clock()))

    def known(self) -> Known | None:
        """Return what the last line says."""
        if not self.journal:
            return None
        record, when = self.journal[-1]
        return Known(stage=record.event, import_id=record.fields.get("import_id"), at=when)

    def run(self) -> PartResult:
        """Run, and run again after each crash, until the import has ended."""
        while True:
            known = self.known()
            stage, import_id = (known.stage, known.import_id) if known else (None, None)
            if stage == "ended":
                return part().result(import_id)
            try:
                flow: Flow[PartResult] = _flow.run(part(), TRIES, _flow.Manner(timeout=600), known)
                return self.simulation.run(flow, self.write)
            except Crash:
                self.crashes += 1
                self.clock.now += 1


def holding(machine: Machine) -> list[str]:
    """Return the imports that hold the file, having made sure that it is the file."""
    held = {import_id: kept for import_id, kept in machine.service.imports.items() if kept.body is not None}
    assert {CONTENT} == {kept.body for kept in held.values()}
    return list(held)


@pytest.mark.parametrize("what", Disturbance)
def test_one_disturbance_at_any_effect(what: Disturbance) -> None:
    """The file is in exactly one import, and the result names that one."""
    tried = 0
    for step in count():
        machine = Machine(at(step, what))
        result = machine.run()
        assert [result.import_id] == holding(machine), step
        if machine.simulation.steps <= step:
            break
        tried += 1
    assert tried > 15


@settings(deadline=None)  # the machine may be busy
@given(st.dictionaries(st.integers(0, 60), st.sampled_from(list(Disturbance)), max_size=4))
def test_several_disturbances_at_any_effects(when: dict[int, Disturbance]) -> None:
    """The same, with up to four of them; nothing else than imports without a file is left behind."""
    machine = Machine(lambda step, _: when.get(step))
    result = machine.run()
    assert [result.import_id] == holding(machine)


def test_losses_disturb_requests_only() -> None:
    """What the simulated driver calls lost is lost between machines, not within one."""
    disturbed: list[Effect] = []

    def everything(_: int, effect: Effect) -> Disturbance | None:
        disturbed.append(effect)
        return None if isinstance(effect, Call | Put) else Disturbance.LOST_UNSENT

    machine = Machine(everything)
    assert [machine.run().import_id] == holding(machine)
    assert any(isinstance(effect, Record) for effect in disturbed)
