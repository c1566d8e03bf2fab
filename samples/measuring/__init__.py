"""Designs for measuring only: drawn without a look at what reads them, not looked at by those who write that."""
