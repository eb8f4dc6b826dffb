"""Wire against specification: what a running server does, held against the contract.

`drift_live` is the whole face. Nothing here may create anything below the level that allows it, and no secret may
reach a finding.
"""

from memory_imports_contract.live.bench import LEVELS
from memory_imports_contract.live.rules import RULES
from memory_imports_contract.live.run import drift_live

__all__ = ["LEVELS", "RULES", "drift_live"]
