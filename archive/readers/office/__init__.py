"""Packages of Office and OpenDocument: DOCX, ODT, PPTX, their one-file forms, and pages pasted into them."""
