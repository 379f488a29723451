#!/usr/bin/env python3
"""generators.py memory|parse|sum|csv|csv6 INPUT [OUTPUT]: the work as a chain of generators over dicts, a reading at a time."""
import csv
import json
import sys
import time
from collections import defaultdict, deque
from datetime import datetime

START_MS = 1_700_000_000_000


def read(path):
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            row["timestamp"] = datetime.fromisoformat(row["timestamp"])
            row["value"] = float(row["value"])
            yield row


def threshold(readings, low, high):
    for reading in readings:
        if low <= reading["value"] <= high:
            yield reading


def normalize(readings, low, high):
    for reading in readings:
        reading["normalized"] = (reading["value"] - low) / (high - low)
        yield reading


def rolling_average(readings, window):
    windows = defaultdict(lambda: deque(maxlen=window))
    for reading in readings:
        last = windows[reading["sensor_id"]]
        last.append(reading["value"])
        reading["rolling_avg"] = sum(last) / len(last)
        yield reading


def results(readings):
    return rolling_average(normalize(threshold(readings, 0, 100), 0, 100), 20)


def result_totals(readings):
    rows, normalized, average = 0, 0.0, 0.0
    for reading in results(readings):
        rows += 1
        normalized += reading["normalized"]
        average += reading["rolling_avg"]
    return {"rows": rows, "normalized": normalized, "rolling_avg": average}


def in_memory(path):
    readings = list(read(path))
    cpu, wall = time.process_time(), time.monotonic()
    totals = result_totals(readings)
    return totals | {"cpu_s": time.process_time() - cpu, "wall_s": time.monotonic() - wall}


def reading_totals(path):
    rows, value, elapsed = 0, 0.0, 0
    for reading in read(path):
        rows += 1
        value += reading["value"]
        elapsed += round(reading["timestamp"].timestamp() * 1000) - START_MS
    return {"rows": rows, "value": value, "elapsed_ms": elapsed}


def write(path, output, number):
    names = ("value", "normalized", "rolling_avg")
    with open(output, "w", newline="") as file:
        writer = csv.DictWriter(file, ("sensor_id", "timestamp", "value", "unit", "normalized", "rolling_avg"), lineterminator="\n")
        writer.writeheader()
        for reading in results(read(path)):
            reading["timestamp"] = reading["timestamp"].isoformat()
            writer.writerow(reading | {name: number(reading[name]) for name in names})
    return {}


def main():
    work, path, *output = sys.argv[1:]
    totals = {
        "memory": in_memory,
        "parse": reading_totals,
        "sum": lambda p: result_totals(read(p)),
        "csv": lambda p: write(p, output[0], repr),
        "csv6": lambda p: write(p, output[0], "{:.6f}".format),
    }[work](path)
    print(json.dumps(totals))


if __name__ == "__main__":
    main()
