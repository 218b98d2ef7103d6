"""Pictures of pages, and the text that OCR finds in them."""
