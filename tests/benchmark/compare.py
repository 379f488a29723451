#!/usr/bin/env python3
"""Runs what tests/benchmark/run.sh has built, in interleaved rounds, and prints the table of the README as Markdown.

Ends with status 1 when a ratio is above its limit, a peer is nearer than it may be, or two results differ.
"""
import argparse
import json
import statistics
import sys

import contestants
import layouts
import machine
from rows import ROWS


def parse_arguments():
    known = list(ROWS)
    usual = [name for name in known if not ROWS[name].on_request]
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="7 unless told")
    parser.add_argument("--records", type=int, default=10_000_000, help="in the CSV input; 10 million unless told")
    parser.add_argument("--rows", default=",".join(usual), help=f"of {','.join(known)}; unless told all but those that take "
                        "many minutes: " + ", ".join(set(known) - set(usual)))
    parser.add_argument("--without-peers", action="store_true", help="only Penstock and what is written by hand")
    parser.add_argument("--output", default="/dev/shm", help="where all write their results; in memory unless told")
    parser.add_argument("--samples", help="a file for the times of all rounds, as JSON")
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)  # the arguments, and no more
    arguments = parser.parse_args()
    arguments.rows = arguments.rows.split(",")
    for name in arguments.rows:
        if name not in ROWS:
            parser.error(f"there is no row `{name}`; known are {', '.join(known)}")
    return arguments


def measure(rows, bench, rounds):
    """Nanoseconds a record of every contestant of every row, by row and name, one for each round."""
    samples = {row.name: {} for row in rows}
    for number in range(rounds):
        bench.begin_round()
        for row in rows:
            if row.once and number > 0:
                continue
            print(f"round {number + 1} of {rounds}: {row.name}", file=sys.stderr)
            for name, figure in row.measure(bench).items():
                samples[row.name].setdefault(name, []).append(figure)
    return samples


def show(samples):
    return f"{statistics.median(samples):.3g}"


def ratios(above, below):
    """The median of the quotients of each round: a machine that is slower for a round is slower for both."""
    return statistics.median(a / b for a, b in zip(above, below))


def judge(row, samples, wins):
    """A line of the table, and whether all in it is as it must be. Notes in `wins` who is faster than Penstock."""
    good = row.ours in samples
    ours = samples.get(row.ours)
    limits = {name: samples[name] for name in row.limits if name in samples}
    cells = [row.what, show(ours) if ours else "not there"]
    cells.append(" / ".join(f"{show(s)} {name}" for name, s in limits.items()) or "")
    if ours and limits:
        ratio = ratios(ours, [min(round_) for round_ in zip(*limits.values())])
        good = good and (ratio >= row.allowed if row.is_gain else ratio <= row.allowed)
        cells += [f"{ratio:.2f}", f"{'at least' if row.is_gain else 'at most'} {row.allowed:g}"]
    else:
        cells += ["", f"{'at least' if row.is_gain else 'at most'} {row.allowed:g}"]
    beside = []
    for peer, required in row.peers.items():
        if ours and peer in samples:
            factor = ratios(samples[peer], ours)
            word = f" (at least {required:g})" if required else ""
            good = good and factor >= (required or 0)
            beside.append(f"{peer} {factor:.3g}x{word}")
            if factor < 1:
                wins.append(f"{peer} wins in `{row.what}`")
    cells += [", ".join(beside), "PASS" if good else "FAIL"]
    return "| " + " | ".join(cells) + " |", good


def main():
    arguments = parse_arguments()
    if arguments.check:
        return 0
    bench = contestants.Bench(arguments.records, arguments.output, not arguments.without_peers)
    rows = [ROWS[name] for name in arguments.rows]
    samples = measure([row for row in rows if row.measure], bench, arguments.rounds)
    if arguments.samples:
        with open(arguments.samples, "w") as file:
            json.dump(samples, file, indent=1)
    print(f"\n{machine.described()}; medians of {arguments.rounds} interleaved rounds, {arguments.records:,} records of CSV\n")
    print("| ns a record, unless said | Penstock | limit | ratio | limit of the ratio | faster than | |")
    print("| --- | ---: | ---: | ---: | --- | --- | --- |")
    all_good, wins = True, []
    for row in rows:
        if row.measure:
            line, good = judge(row, samples[row.name], wins)
            all_good = all_good and good
            print(line)
    if bench.has_peers:
        print(f"\n{'; '.join(wins) or 'No peer wins in any of these rows'}.")
    if "layout" in arguments.rows:
        print("\n" + layouts.table(bench))
    for fault in bench.faults:
        print(f"\n{fault}")
    return 0 if all_good and not bench.faults else 1


if __name__ == "__main__":
    sys.exit(main())
