"""Who in the world: knowledge bases that are the user's, and the links of entities to them."""
