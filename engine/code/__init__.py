"""A graph as code and as text: NumPy, PyTorch, the tutorial's style, LaTeX, Mermaid and DOT.

Nothing about a Function is told here. What it does and how it leads a gradient back is read off
its own class; only PyTorch's own words for the Functions stand in a table.
"""
