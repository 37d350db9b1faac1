"""The pages: one module a family, each with its route handlers in a list `ROUTES`."""
