"""What the commands do that need no window, a module each.

How they are called stands in `command_line.py`.
"""
