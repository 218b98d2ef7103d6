"""The Django project: the one runtime for settings now, and for pages, login and roles later."""
