"""Numbers that can be published: cross-tables, differences, plots, a report, samples to code."""
