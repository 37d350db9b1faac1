"""Show a reading to people: in a terminal, on a page that stands alone, in a notebook."""
