"""What sentences of notes say beyond the names of things: values, courses of treatment, sides, abbreviations."""
