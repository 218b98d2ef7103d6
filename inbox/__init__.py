"""How a dropped file becomes a filed document, and how the clerk is answered."""
