"""Designs for measuring only, written without a look at what reads them: forms and letters, one a module."""
