"""Files to an estate and back: strict YAML with places, schemas, layout. No meaning, no network."""
