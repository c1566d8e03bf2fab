"""Who draws the papers of a chart and what is sent around them; `draw.draw` finds the one for a `Document`."""
