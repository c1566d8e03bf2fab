"""Request forms of our own design, one a module: `draw(book, case, rng=...)` fills in a form on new sheets."""
