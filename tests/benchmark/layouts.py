"""The table of memory layouts: a million readings of six fields."""
import json
import subprocess
import sys

import contestants

ROWS = 1_000_000


def lines_of(command):
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def measured():
    here = contestants.HERE / "layout" / "memory_layout.py"
    return (lines_of([contestants.PROGRAMS / "memory_layout", str(ROWS)])
            + lines_of([sys.executable, here, str(ROWS)]))


def table(bench):
    lines = [f"| {ROWS:,} readings of six fields | bytes a record | of them not values | made, ns | a pass, ns |",
             "| --- | ---: | ---: | ---: | ---: |"]
    of_dict = None
    for layout in measured():
        overhead = f"{layout['overhead']:.0f}" if "overhead" in layout else ""
        if layout.get("empty"):
            of_dict = layout
        lines.append(f"| {layout['layout']} | {layout['bytes']:.0f} | {overhead} | {layout['make_ns']:.3g} "
                     f"| {layout['pass_ns']:.3g} |")
    version = ".".join(str(part) for part in sys.version_info[:3])
    lines.append(f"\nA dict is said to cost 50 to 80 bytes. In Python {version} an empty one has {of_dict['empty']}, and "
                 f"one with six fields {of_dict['overhead']:.0f} besides its values. Measured by the allocator (C++) and by tracemalloc (Python).")
    return "\n".join(lines)
