"""Takes what the vendor changed into our contract, and says what that asks for. Never run by a detector.

Facts are taken over; the vendor's words never are.
"""

from memory_imports_contract.adopt.adoption import Adoption, adopted

__all__ = ["Adoption", "adopted"]
