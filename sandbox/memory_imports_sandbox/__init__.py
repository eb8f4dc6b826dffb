"""The import half of the Memory API, to run at home: an independent witness for the client.

Shares no code with the wrapper or the generated client; what requests may look like it reads from the
specification, as data. `Settings` says how it behaves, `serve` and `running` start it, and `world.World` is the
same service without a socket, for simulations.
"""

from memory_imports_sandbox.server import Announcement, running, serve
from memory_imports_sandbox.settings import SandboxError, Settings

__all__ = ["Announcement", "SandboxError", "Settings", "running", "serve"]
