"""The mentions of a submission's documents become requests: which pages belong together, and what they say."""
