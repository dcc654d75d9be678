"""A graph can be drawn: circles for Variables, boxes for Functions, arrows between."""

NODES = {"x": "circle", "square": "box", "y": "circle"}
ARROWS = (("x", "square"), ("square", "y"))

print("digraph g {")
for name, shape in NODES.items():
    print(f"  {name} [shape={shape}]")
for tail, head in ARROWS:
    print(f"  {tail} -> {head}")
print("}")
