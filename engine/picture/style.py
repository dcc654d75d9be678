"""The style sheet of a picture: few classes, which every mark of it has one of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.marks import COLOURS

SANS = 'Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
MONO = '"JetBrains Mono",ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace'

RULES = f"""
.gw text{{text-anchor:middle;font-family:{SANS};font-size:12px;fill:$ink}}
.gw .num,.gw .chip text,.gw .code{{font-family:{MONO};font-size:13px}}
.gw .sym{{font-size:27px;font-weight:600}}
.gw .long{{font-size:22px}}
.gw .word,.gw .name{{fill:$dim}}
.gw .name{{font-size:14px;font-style:italic}}
.gw .var{{font-size:15px;font-weight:600;font-style:italic}}
.gw .quiet{{fill:$dim}}
.gw .wire{{fill:none;stroke:$dim;stroke-width:1.8;stroke-linecap:round}}
.gw .wait{{stroke:$waiting}}
.gw .came{{stroke:$returned}}
.gw .fore,.gw .back{{fill:none;stroke:$blue;stroke-width:3;stroke-linecap:round;\
stroke-linejoin:round}}
.gw .back{{stroke:$glow}}
.gw .card,.gw .end{{fill:$card;stroke:$line;stroke-width:1.4}}
.gw .tint{{fill:$tint;stroke:$tint_edge;stroke-width:1.4}}
.gw .pill{{fill:$card;stroke:$blue;stroke-width:1.8}}
.gw .const{{fill:$sel;stroke:$line;stroke-width:1.4}}
.gw .bad{{fill:$bad_bg;stroke:$bad;stroke-width:1.8}}
.gw .goal{{stroke:$orange;stroke-width:1.8}}
.gw .at{{fill:none;stroke:$blue;stroke-width:2.2}}
.gw .atb{{fill:none;stroke:$orange;stroke-width:2.2}}
.gw .glow{{fill:$blue}}
.gw .glowb{{fill:$glow}}
.gw .r1{{fill-opacity:.27}}
.gw .r2{{fill-opacity:.17}}
.gw .r3{{fill-opacity:.1}}
.gw .port{{fill:$card;stroke:$dim;stroke-width:1.6}}
.gw .v rect{{fill:$blue_bg}}
.gw .v text,.gw .given{{fill:$blue}}
.gw .g rect{{fill:$orange_bg}}
.gw .g text{{fill:$orange}}
.gw .v .lit,.gw .g .lit{{fill:none;stroke:$blue;stroke-width:1.2}}
.gw .g .lit{{stroke:$orange}}
.gw .chip rect{{fill:$orange}}
.gw .chip text{{fill:$on_orange;font-weight:700}}
.gw .ground{{fill:$bg}}
.gw .left{{text-anchor:start}}
.gw .group{{font-size:15px;font-weight:600}}
.gw .title{{font-size:13px;font-weight:600}}
.gw .note{{font-size:13px;white-space:pre}}
.gw .pile{{fill:$pile;stroke:$pile_edge;stroke-width:1.2}}
.gw .cut{{stroke:$line}}
.gw .sum,.gw .shape{{font-family:{MONO}}}
.gw .sum{{fill:$blue}}
.gw .sum.g{{fill:$orange}}
.gw .none{{fill-opacity:.45}}
.gw .shape{{font-size:11px;fill:$dim}}
.gw .shape.given{{font-size:10px;fill:$blue}}
.gw .cells .edge{{stroke:$blue_edge}}
.gw .g .edge{{stroke:$orange_edge}}
.gw .cells path{{stroke:$blue;fill:none}}
.gw .g path{{stroke:$orange}}
.gw .cells .under{{fill:$card;stroke:none}}
.gw .cells .no{{stroke:$bad_bg}}
.gw .cells .grid{{stroke:$card;stroke-width:.5}}
.gw .cells .sign{{stroke:$sign;stroke-width:.8}}
.gw .cells .sign.no{{stroke:$bad}}
.gw .cells text{{font-family:{MONO};font-size:10px;fill:$ink}}
.gw .open{{fill:$open;stroke:$open_edge;stroke-width:1.4}}
.gw .open.head{{fill:$open_head}}
"""

RULES += "".join(
    f".gw .{colour}.mark{{fill:${colour}_bg;stroke:${colour}_edge;stroke-width:1.4}}\n"
    f".gw .{colour}.head{{fill:${colour}_head;stroke:${colour}_edge;stroke-width:1.4}}\n"
    for colour in COLOURS
)


def sheet(colours: Mapping[str, str], scope: str) -> str:
    """Write the style sheet with colours put in, for what is in some scope."""
    rules = re.sub(r"\$(\w+)", lambda found: colours[found[1]], RULES)
    return rules.replace(".gw ", f"{scope} ").replace("\n", "")


def themed_sheet() -> str:
    """Write it for a page that has the colours as variables of CSS."""
    return re.sub(r"\$(\w+)", r"var(--\1)", RULES).strip()
