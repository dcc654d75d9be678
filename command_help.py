"""What help tells: what each command is for, and how it is said."""

from __future__ import annotations

ABOUT = {
    "gradwalk": """\
Build a graph of functions by hand, run it forward, and walk the gradient back, one block at a
time. Without a command, a window opens.""",
    "open": """\
Open a window: on documents, on an expression, or else on the tutorial. What --set and --target
change of a file is not written to it: it opens as a new document.""",
    "walk": """\
Print a walk as a table: each step forward with its value, each step back with its rule and the
numbers in it (upstream × local = contribution, and where several meet, before + contribution =
after) and what then waits on the work list. The gradients by the inputs stand at the end, each
beside a trial by central differences. Colours are left out where the output is no terminal, or
where NO_COLOR is set.""",
    "check": """\
Hold gradients against trials: each input is nudged a little to both sides, and the slope between is
compared with the gradient that the walk finds. A row for each gradient tells the one of the walk,
the one by trial, how far they are apart, and what follows from it. Several files are checked on as
many processes as there are cores; with --into, a report of each is written into a folder. Where the
output is no terminal, a gradient stays on its line, and there are no colours.""",
    "export": """\
Write a graph out as code that runs by itself: plain Python, with the backward pass as one writes it
by hand and NumPy where there are arrays; NumPy throughout; PyTorch; the tutorial's own style, with
Variable, Function and backward(); or a notebook. The code gives the same numbers as Gradwalk. Or
write it out for people to read: the function, its derivatives and the whole derivation in LaTeX, or
the graph as Mermaid or DOT. Or write the walk as a page of HTML: one file with pictures, sentences
and formulas, to step through in any browser, and with answers to all that walk answers.""",
    "render": """\
Make a picture of a graph at a step of its walk, or a film of the walk, painted by what paints the
window. A picture is a PNG, or an SVG or a PDF of lines and text; a film is a GIF, an animated WebP
or PNG, or an MP4. What walk answers can stand beside the graph, at each step. It needs no
display.""",
}
"""What each command does; first, the program as a whole."""

EXAMPLES = {
    "gradwalk": """\
examples:
  gradwalk                                         open the window on the tutorial
  gradwalk notes.gradwalk                          open a document
  gradwalk walk "square(exp(square(x)))" --set x=0.5
                                                   print a walk, forward and back
  gradwalk check notes.gradwalk                    hold its gradients against trials
  gradwalk export notes.gradwalk --to python       write it out as code
  gradwalk render notes.gradwalk --output walk.gif
                                                   film the walk
  gradwalk walk --help                             tell all about a command

In the folder of the source, script/run and python main.py stand for gradwalk.""",
    "open": """\
examples:
  gradwalk open                                    open the window on the tutorial
  gradwalk open notes.gradwalk                     open a document
  gradwalk open *.gradwalk                         open several, each in a tab
  gradwalk open "x0 * sin(x1)" --set x0=2 --set x1=pi/4
  gradwalk open notes.gradwalk --set "x=[1, 2, 3]" --target a""",
    "walk": """\
An expression is made of names, numbers, + - * / **, parentheses and the functions that Gradwalk
has. Pieces may be named: "a = square(x); a * a + a".

examples:
  gradwalk walk "square(exp(square(x)))" --set x=0.5
  gradwalk walk "x0 * sin(x1)" --set x0=2 --set x1=pi/4
  gradwalk walk "x + [10]" --set "x=[1, 2, 3]"
  gradwalk walk "a = x**2; y = exp(a)" --target a --set x=3
  gradwalk walk "square(exp(x))" --set x=0.5 --depth first
  gradwalk walk "square(x) + x" --set x=3 --step-is line
  gradwalk walk "square(x) + x" --set x=3 --wrong overwrite
  gradwalk walk "sum(x * x)" --set "x=[1, 2]" --forward "x[1]"
  gradwalk walk "x * square(x)" --set x=3 --paths x
  gradwalk walk "exp(relu(x))" --set x=-2 --sizes
  gradwalk walk "square(exp(square(x)))" --set x=0.5 --plot x
  gradwalk walk "sum(x * b)" --set "x=[1, 2]" --set b=3 --element b
  gradwalk walk "x * square(x)" --set x=3 --predict
  gradwalk walk "tanh(x)" --set x=0.5 --derive x --derive x --derive x
  gradwalk walk notes.gradwalk --json
  echo "x * x" | gradwalk walk - --set x=3

exit status: 0; 2 if the expression, the file or a value cannot be read, or the walk gets stuck.""",
    "check": """\
examples:
  gradwalk check "square(exp(square(x)))" --set x=0.5
  gradwalk check "x0 * sin(x1)" --set x0=2 --set x1=pi/4 --json
  gradwalk check notes.gradwalk --target loss
  gradwalk check homework/*.gradwalk
  gradwalk check homework/*.gradwalk --into reports
  echo "x * x" | gradwalk check - --set x=3

exit status: 0; 1 if a gradient differs from its trial; 2 if something cannot be read or written.
A trial that cannot tell, at a kink or at infinity, is no failure.""",
    "export": """\
examples:
  gradwalk export "square(exp(square(x)))" --set x=0.5 --to python
  gradwalk export notes.gradwalk --to pytorch --output notes.py
  gradwalk export "x * sin(w)" --set x=2 --set w=1 --output walk.ipynb
  gradwalk export notes.gradwalk --numbers --output derivation.tex
  gradwalk export notes.gradwalk --output walk.html
  gradwalk export "tanh(x)" --set x=1 --derive x --output derivative.html
  gradwalk export "square(x) + x" --set x=3 --to mermaid
  gradwalk export homework/*.gradwalk --to numpy --into programs
  echo "x * x" | gradwalk export - --set x=3 --to tutorial | python -

exit status: 0; 2 if something cannot be read, or cannot be written in that language or to that
file. A file is written whole or not at all.""",
    "render": """\
examples:
  gradwalk render "square(exp(square(x)))" --set x=0.5 --output chain.svg
  gradwalk render notes.gradwalk --output step6.png --step 6 --strip --scale 2
  gradwalk render notes.gradwalk --output walk.gif --strip --theme dark
  gradwalk render notes.gradwalk --output back.webp --steps 5:8 --speed 0.5 --size 1280x720
  gradwalk render *.gradwalk --into slides --to pdf
  gradwalk render notes.gradwalk --each-step --output handout.pdf
  gradwalk render "square(x) + x" --set x=3 --wrong overwrite --output wrong.webp
  gradwalk render notes.gradwalk --beside step --step-is line --output lines.webp
  gradwalk render notes.gradwalk --predict --each-step --output exercise.pdf

Without --step, a picture shows the end of the walk. Without --size, the graph has its own size.

exit status: 0; 2 if something cannot be read, or cannot be made or written. A file is written
whole or not at all.""",
}
"""What stands below the options of each."""
