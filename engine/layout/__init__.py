"""Where blocks stand: a layered layout with few crossings and straight wires."""

from engine.layout.drawing import BLOCK_SIZE, Spacing, layout

__all__ = ["BLOCK_SIZE", "Spacing", "layout"]
