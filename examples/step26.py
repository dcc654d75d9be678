"""The drawing of a graph that code has made."""

import numpy as np

from engine import Variable
from engine.recording import record_variable

x, y = Variable(np.array(1.0), name="x"), Variable(np.array(1.0), name="y")
z = 0.26 * (x**2 + y**2) - 0.48 * x * y
z.name = "z"
recording = record_variable(z)

print("digraph g {")
for block in recording.blocks.values():
    if block.is_function:
        print(f'  {block.id} [label="{block.kind}", shape=box]')
    print(f'  {block.id}_out [label="{block.name}"]')
for wires in recording.wires_from.values():
    for wire in wires:
        print(f"  {wire.source}_out -> {wire.target}")
print("}")
print(sum(block.is_function for block in recording.blocks.values()), "Functions")
