"""`python -m selon.cli`."""

from selon.cli import main

raise SystemExit(main())
