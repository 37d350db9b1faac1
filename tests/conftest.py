"""What all tests share."""

from __future__ import annotations

import os

# Most tests are about what becomes of statements, not about how they are found: they read by the
# grammar, which loads in half the time. Tests of the learnt reader ask for it by name.
os.environ.setdefault("SELON_READER", "grammar")
