"""A Function read as expressions: what it does, and how it leads a gradient back, written down."""
