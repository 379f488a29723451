#!/usr/bin/env python3
"""Readings of six fields as Python's dict, class and class with __slots__: a line of JSON for each.

Bytes: what tracemalloc, which counts every block that the interpreter allocates, has more after making the records; made once
more for it, because counting takes time. `overhead` is what is left of them without the values themselves, made alone.
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
    """Each record has values of its own, as a reader of lines makes them: also its texts."""
    start = 1_700_000_000_000_000_000
    return [
        kind(f"sensor-{i % 1000}", start + i, i * 0.5, "deg".__add__("C"), i * 0.005, i * 0.25)
        for i in range(rows)
    ]


def values_alone(rows):
    """The same values without their containers, in one list."""
    values = []
    make(lambda *fields: values.extend(fields), rows)
    return values


def total_of_dicts(records):
    return sum(r["value"] + r["normalized"] for r in records)


def total_of_objects(records):
    return sum(r.value + r.normalized for r in records)


def traced_bytes(made, rows):
    """Of what `made` gives, a list, without the list itself."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    records = made()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before - sys.getsizeof(records)) / rows


def main():
    rows = int(sys.argv[1])
    values = traced_bytes(lambda: values_alone(rows), rows)
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
        del records
        bytes_each = traced_bytes(lambda: make(kind, rows), rows)
        print(json.dumps({
            "layout": name,
            "bytes": bytes_each,
            "make_ns": (made - begin) * 1e9 / rows,
            "pass_ns": (passed - made) * 1e9 / rows,
            "overhead": bytes_each - values,
            "empty": sys.getsizeof({}) if kind is as_dict else None,
        }))


if __name__ == "__main__":
    main()
