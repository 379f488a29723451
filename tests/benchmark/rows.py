"""The rows of the table: what is measured, and what each may be."""
from dataclasses import dataclass, field
from typing import Callable, Optional

import contestants

HAND = ["bytes", "words", "avx2"]


@dataclass
class Row:
    name: str
    what: str
    measure: Optional[Callable]  # (bench) -> {contestant: ns a record}
    ours: str = "penstock"
    limits: list = field(default_factory=list)
    allowed: Optional[float] = None
    peers: dict = field(default_factory=dict)  # how many times slower each must be at least; None: said only
    is_gain: bool = False  # more is better
    once: bool = False  # rounds of its own
    on_request: bool = False


LOOPS = ["fused_loop", "compacting_loops", "selecting_loop"]

ROWS = {row.name: row for row in [
    Row("memory", "W in memory, loaded plugins", contestants.memory, "plugins", LOOPS, 1.15,
        {"Polars": 15, "DuckDB": 45, "Python": 80, "vector_loops": None}),
    Row("records", "the same by the one-record form", contestants.chain, "record_plugins", LOOPS, 1.3,
        {"vector_loops": None}),
    Row("clock", "a clock around each of four steps", contestants.chain, "clocked_loops", ["compacting_loops"], 1.05),
    Row("crossing", "crossing a stage, ns a batch", contestants.crossing, "stage", ["arrow_and_clock"], 1.8),
    Row("assignment", "an audited assignment, ns", contestants.assignment, "assignment", ["rdtsc_and_store"], 1.0, once=True),
    Row("gate", "judging 500 plugins, us a plugin", contestants.gate, "judged", ["dlopen", "dlopen_lazy"], 0.25, once=True),
    Row("parse", "CSV to columns", contestants.csv("parse"), "penstock", HAND, 1.6,
        {"Polars": 4, "DuckDB": 5, "Python": None}),
    Row("sum", "W from CSV to a sum", contestants.csv("sum"), "penstock", HAND, 1.5,
        {"Polars": 3, "DuckDB": 9, "Python": 20, "gawk": None, "Miller": None}),
    Row("csv", "W from CSV to CSV", contestants.csv("csv"), "penstock", HAND, 1.5,
        {"Polars": 1.5, "DuckDB": 4, "Python": None, "gawk": None, "Miller": None}),
    Row("csv-2", "the same with two threads, time of the wall", contestants.csv("csv", threads=2), "penstock", HAND, 1.3,
        {"Polars": 1.6, "DuckDB": 4}),
    Row("csv6", "W from CSV to CSV, six decimals", contestants.csv("csv6"), "penstock", HAND, 1.5,
        {"gawk": 15, "Polars": None, "DuckDB": None, "Python": None, "Miller": None}),
    Row("cores", "what a second core gains, W from CSV to CSV, times", contestants.cores, "penstock", ["two copies by hand"],
        0.85, is_gain=True),
    Row("flight", "bytes a record in flight", contestants.flight, "penstock", ["bare columns"], 1.11, {"Python dict": 10},
        once=True),
    Row("growth", "most memory for ten times as many records through a pipe, MiB", contestants.growth, "ten times",
        ["once"], 1.05, once=True, on_request=True),
    Row("layout", "memory layouts, a table of its own", None),
]}
