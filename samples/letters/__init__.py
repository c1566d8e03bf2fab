"""Clinical papers and letters, one a module: `draw(book, case, rng=...)` writes one on new sheets."""
