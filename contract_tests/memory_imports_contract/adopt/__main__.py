"""`python -m memory_imports_contract.adopt NEW`."""

import sys

from memory_imports_contract.adopt.command import main

sys.exit(main())
