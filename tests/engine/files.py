"""The file of the tutorial, as it is written."""

from __future__ import annotations

TUTORIAL = """\
{
  "format": "gradwalk",
  "version": 1,
  "target": "b4",
  "blocks": [
    {"id": "b1", "kind": "input", "name": "x", "value": 0.5, "x": 0.0, "y": 0.0},
    {"id": "b2", "kind": "square", "name": "a", "x": 170.0, "y": 0.0},
    {"id": "b3", "kind": "exp", "name": "b", "x": 340.0, "y": 0.0},
    {"id": "b4", "kind": "square", "name": "y", "x": 510.0, "y": 0.0}
  ],
  "wires": [
    {"source": "b1", "target": "b2", "port": 0},
    {"source": "b2", "target": "b3", "port": 0},
    {"source": "b3", "target": "b4", "port": 0}
  ]
}
"""
