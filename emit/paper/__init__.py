"""What the PDF formats share: how text becomes safe for a page, and how a page is set."""
