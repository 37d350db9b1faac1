"""`python -m selon`."""

from selon.cli import main

raise SystemExit(main())
