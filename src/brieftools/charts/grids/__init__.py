"""Charts of many small fields: small multiples, calendar heat map."""
