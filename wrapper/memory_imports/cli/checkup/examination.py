"""All checks in their order: what is here, what was told, who answers, and whether they let us in."""

import argparse
from typing import TYPE_CHECKING, Any

from memory_imports.cli.checkup import configuration, machine, network, service
from memory_imports.cli.checkup.finding import Finding
from memory_imports.cli.checkup.ticket import ticket
from memory_imports.cli.connection import client_of
from memory_imports.cli.report import Report

if TYPE_CHECKING:
    from memory_imports._probe import Peer


class Examination:
    """What has been found so far; the report has it at once, so that no end of the command loses it."""

    def __init__(self, report: Report) -> None:
        self.findings: list[Finding] = []
        self._request_ids: list[str] = []
        self._peer: Peer | None = None
        self._report = report
        report.fields["checks"] = []

    def begin(self, options: argparse.Namespace) -> None:
        """Look at everything that can be looked at; what cannot be is the matter of a problem found before."""
        try:
            self._look(options)
        finally:
            address = configuration.address_of(options.base_url)
            self._conclude(address, configuration.store_of(options.store))

    def _look(self, options: argparse.Namespace) -> None:
        self._take(*machine.versions(), *machine.extras(), *configuration.environment())
        settings, finding = configuration.settings_of(options.store, options.base_url)
        self._take(finding)
        address = configuration.address_of(options.base_url)
        if address is not None:
            self._way(address)
        if self._peer is not None and settings is not None:
            with client_of(options) as client:
                self._take(*service.asked(client, self._request_ids))
        if not any(finding.check == "extras" and finding.verdict == "problem" for finding in self.findings):
            self._take(*machine.place(options.journal))

    def _way(self, address: str) -> None:
        self._peer, finding = network.reached(address)
        self._take(*configuration.way(address), finding, *(network.clock(self._peer) if self._peer else ()))

    def _take(self, *findings: Finding) -> None:
        self.findings += findings
        self._report.fields["checks"] += [finding.described() for finding in findings]

    def _conclude(self, address: str | None, store_id: str | None) -> None:
        facts: dict[str, Any] = ticket(self.findings, self._peer, self._request_ids, address, store_id)
        self._report.fields |= {"store_id": facts["store_id"], "ticket": facts}
