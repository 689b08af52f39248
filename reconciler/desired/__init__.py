"""Files to an estate: strict YAML with places, schemas, layout, and tidy YAML back. No meaning, no network."""
