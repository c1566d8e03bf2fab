"""A request laid out for a reader: its fields in groups, in words, each with the places that prove it."""
