"""Reading request forms without templates: labels, sections, cells and tables by geometry."""
