"""A request becomes bytes (formats) or something to look at (terminal). Pure: no clock, no files, no network."""
