"""The steps of the book that Gradwalk grew from, as it takes them: `python -m examples.step09`."""
