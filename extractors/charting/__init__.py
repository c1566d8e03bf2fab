"""Reading what stands at the head of chart papers and fax covers: labels with a value beside or below them."""
