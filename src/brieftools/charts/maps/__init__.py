"""Maps of incidents: symbols by how well the place is known, on country shapes of Natural Earth."""
