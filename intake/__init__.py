"""Bytes arrive and become a Document.

`sniff.py` tells what a file is, `readers/` read it (inside the sandbox), the rest works on what the readers saw.
"""
