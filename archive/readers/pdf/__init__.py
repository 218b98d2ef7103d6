"""PDF: text page by page, its gate, limits, repair, what stands inside, signatures."""
