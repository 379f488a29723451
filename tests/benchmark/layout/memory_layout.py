#!/usr/bin/env python3
"""Readings of six fields as Python's dict, class and class with __slots__: a line of JSON for each.

Bytes: what tracemalloc, which counts every block that the interpreter allocates, has more after making the records; in a run of
its own, because counting takes time. The overhead of the container alone is its sys.getsizeof with what belongs to it.
"""
import json
import sys
import time
import tracemalloc


class Reading:
    def __init__(self, sensor_id, timestamp, value, unit, normalized, rolling_avg):
        self.sensor_id = sensor_id
        self.timestamp = timestamp
        self.value = value
        self.unit = unit
        self.normalized = normalized
        self.rolling_avg = rolling_avg


class SlottedReading:
    __slots__ = ("sensor_id", "timestamp", "value", "unit", "normalized", "rolling_avg")
    __init__ = Reading.__init__


def as_dict(sensor_id, timestamp, value, unit, normalized, rolling_avg):
    return {
        "sensor_id": sensor_id,
        "timestamp": timestamp,
        "value": value,
        "unit": unit,
        "normalized": normalized,
        "rolling_avg": rolling_avg,
    }


def make(kind, rows):
    """Each with values of its own, as a parser gives them; the texts are shared, as interning would have it."""
    keys = [f"sensor-{i}" for i in range(1000)]
    start = 1_700_000_000_000_000_000
    return [kind(keys[i % 1000], start + i, i * 0.5, "degC", i * 0.005, i * 0.25) for i in range(rows)]


def total_of_dicts(records):
    return sum(r["value"] + r["normalized"] for r in records)


def total_of_objects(records):
    return sum(r.value + r.normalized for r in records)


def traced_bytes(kind, rows):
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    records = make(kind, rows)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before - sys.getsizeof(records)) / rows


def container_bytes(record):
    return sys.getsizeof(record) + (sys.getsizeof(record.__dict__) if hasattr(record, "__dict__") else 0)


def main():
    rows = int(sys.argv[1])
    for name, kind, total in (
        ("Python dict", as_dict, total_of_dicts),
        ("Python class", Reading, total_of_objects),
        ("Python class with __slots__", SlottedReading, total_of_objects),
    ):
        begin = time.process_time()
        records = make(kind, rows)
        made = time.process_time()
        total(records)
        passed = time.process_time()
        alone = container_bytes(records[0])
        del records
        print(json.dumps({
            "layout": name,
            "bytes": round(traced_bytes(kind, rows), 1),
            "make_ns": (made - begin) * 1e9 / rows,
            "pass_ns": (passed - made) * 1e9 / rows,
            "container": alone,
        }))
    print(json.dumps({"empty_dict": sys.getsizeof({}), "pointers": 6 * 8}))


if __name__ == "__main__":
    main()
