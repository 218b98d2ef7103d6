"""Compound files of the nineties: DOC and PPT, and what else is one."""
