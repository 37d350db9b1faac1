"""Work spread over processes: the pool, what its server loads, and how readings travel."""
