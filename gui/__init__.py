"""The window of Gradwalk: it draws and listens, and leaves the arithmetic to the engine."""
