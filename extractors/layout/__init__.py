"""Geometry of a page as a reader sees it: runs of words on a line, and the cells that hold them."""
