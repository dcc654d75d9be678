"""Pictures and films, painted by what paints the window."""
