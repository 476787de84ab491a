"""Places by name: an extract of GeoNames, and regions that gazetteers of towns lack."""
