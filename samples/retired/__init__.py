"""Designs that were once only for measuring and are developed against now: forms and letters, one a module."""
