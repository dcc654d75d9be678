"""The canvas: what is drawn of a document at a moment, and the gestures on it."""
