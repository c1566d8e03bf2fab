"""The nouns of Dossier: immutable values, and nothing else.

Domain values, neither neural nets nor database tables (docs/adr/0003). This package imports nothing of ours.
"""
