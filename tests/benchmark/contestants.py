"""Who takes part, how each is run, and what is made of it: nanoseconds of processor time a record."""
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parents[1] / "build" / "bench"
PROGRAMS = BUILD / "tests" / "benchmark"
PENSTOCK = BUILD / "bin" / "penstock"
PEERS = HERE / "peers"

# Peers that would take minutes for ten million rows get the first ones; their times are by record all the same.
SLOW = {"Python": 1_000_000, "gawk": 1_000_000, "Miller": 100_000}


class Bench:
    """The inputs, what the results must be, and what went wrong."""

    def __init__(self, records, output, has_peers):
        self.records = records
        self.output = pathlib.Path(output) / "penstock-benchmark.csv"
        self.scratch = PROGRAMS / "scratch"
        self.scratch.mkdir(exist_ok=True)
        self.has_peers = has_peers
        self.faults = []
        self.expected = {}
        self.checked = set()
        self.chain = None

    def begin_round(self):
        self.chain = None

    def input(self, records):
        path = BUILD / f"readings_{records}.csv"
        if not path.exists():
            partial = path.with_suffix(".partial")
            with open(partial, "wb") as file:
                subprocess.run([PROGRAMS / "readings_csv", str(records)], stdout=file, check=True)
            partial.rename(path)
        return path

    def fault(self, text):
        if text not in self.faults:
            self.faults.append(text)
            print(text, file=sys.stderr)

    def check(self, who, work, records, totals):
        """Whether the count and the sums are those of the loops by hand."""
        wanted = "sum" if work in ("memory", "csv", "csv6") else work
        if (wanted, records) not in self.expected:
            done = subprocess.run([PROGRAMS / "csv_by_hand", wanted, "bytes", self.input(records)], capture_output=True, check=True)
            self.expected[wanted, records] = json.loads(done.stdout)
        tolerance = 1e-6 if work == "csv6" else 1e-9
        for name, value in self.expected[wanted, records].items():
            if not math.isclose(float(totals.get(name, "nan")), value, rel_tol=tolerance):
                self.fault(f"{who} comes to another {name} in {work}: {totals.get(name)}, expected {value}")

    def check_file(self, who, work, records):
        """A file of results is added up once for each contestant: it takes longer than writing it."""
        if (who, work) in self.checked:
            return
        self.checked.add((who, work))
        done = subprocess.run([PROGRAMS / "csv_file_totals", self.output], capture_output=True, text=True)
        if done.returncode != 0:
            return self.fault(f"{who} in {work}: {done.stderr.strip()}")
        self.check(who, work, records, json.loads(done.stdout))


def run(command, environment=None, stdout=subprocess.PIPE, stdin=None, cwd=None):
    """What a process takes, children of it included: processor time, time of the wall, most memory; and what it prints."""
    begin = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdout=stdout, stderr=subprocess.PIPE, stdin=stdin, cwd=cwd,
                               env=os.environ | (environment or {}))
    text, words = process.stdout.read() if process.stdout else b"", process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {words.decode(errors='replace').strip()[-600:]}")
    return {"cpu_s": used.ru_utime + used.ru_stime, "wall_s": time.monotonic() - begin, "kib": used.ru_maxrss,
            "text": text.decode()}


def by_hand(work, variant, source, output, threads=1):
    program = "csv_by_hand_avx2" if variant == "avx2" else "csv_by_hand"
    scan = "bytes" if variant == "bytes" else "words"
    return [PROGRAMS / program, work, scan, source, output, str(threads)]


def penstock(bench, work, source, threads=1):
    """A run as anybody makes it, with its change log; totals come in a file."""
    shutil.rmtree(bench.scratch / "changes", ignore_errors=True)
    command = [PENSTOCK, "run", HERE / "pipelines" / f"csv_{work}.yaml", "--plugins", PROGRAMS / "plugins", "--progress", "never",
               "--change-log", bench.scratch / "changes", "--set", f"csv_reader.path={source}"]
    if work in ("csv", "csv6"):
        command += ["--set", f"csv_writer.path={bench.output}"]
    else:
        command += ["--set", f"{'reading' if work == 'parse' else 'work'}_totals.into={bench.scratch / 'totals.json'}"]
    if has_option("--threads"):
        command += ["--threads", str(threads)]
    elif threads > 1:
        raise RuntimeError("`penstock run` has no option --threads yet")
    return command


def has_option(name):
    return name in run([PENSTOCK, "run", "--help"])["text"]


def peer(name, work, source, output, threads=1):
    """Command, environment, and whether the rows come on standard output."""
    if name == "Polars":
        return ["node", PEERS / "polars.mjs", work, source, output], {"POLARS_MAX_THREADS": str(threads)}, False
    if name == "DuckDB":
        return ["node", PEERS / "duckdb.mjs", work, source, output], {"DUCKDB_THREADS": str(threads)}, False
    if name == "Python":
        return [sys.executable, PEERS / "generators.py", work, source, output], {}, False
    if name == "gawk":
        return ["gawk", "-v", f"work={work}", "-f", PEERS / "work.awk", source], {"LC_ALL": "C"}, work != "sum"
    return [PEERS / "miller.sh", work, source], {"GOMAXPROCS": str(threads)}, work != "sum"


def pinned(command, threads):
    return ["taskset", "-c", "0", *command] if threads == 1 else command


def run_peer(bench, name, work, threads=1):
    records = min(bench.records, SLOW.get(name, bench.records))
    command, environment, prints_rows = peer(name, work, bench.input(records), bench.output, threads)
    bench.output.unlink(missing_ok=True)
    if prints_rows:
        with open(bench.output, "wb") as file:
            used = run(pinned(command, threads), environment, stdout=file)
    else:
        used = run(pinned(command, threads), environment)
    if work in ("csv", "csv6"):
        bench.check_file(name, work, records)
    else:
        used |= json.loads(used["text"])
        bench.check(name, work, records, used)
    return (used["cpu_s"] if threads == 1 else used["wall_s"]) * 1e9 / records


def run_peers(bench, names, work, threads=1):
    figures = {}
    for name in names if bench.has_peers else ():
        try:
            figures[name] = run_peer(bench, name, work, threads)
        except RuntimeError as error:
            bench.fault(f"{name} in {work}: {error}")
    return figures


def csv_round(bench, work, threads, peers):
    source = bench.input(bench.records)
    figures = {}

    def take_part(name, command):
        bench.output.unlink(missing_ok=True)
        (bench.scratch / "totals.json").unlink(missing_ok=True)
        used = run(pinned(command, threads))
        if work in ("csv", "csv6"):
            bench.check_file(name, work, bench.records)
        else:
            text = used["text"] or (bench.scratch / "totals.json").read_text()
            bench.check(name, work, bench.records, json.loads(text))
        figures[name] = (used["cpu_s"] if threads == 1 else used["wall_s"]) * 1e9 / bench.records

    for variant in ("bytes", "words", "avx2"):
        take_part(variant, by_hand(work, variant, source, bench.output, threads))
    try:
        take_part("penstock", penstock(bench, work, source, threads))
    except RuntimeError as error:
        bench.fault(f"Penstock in {work}: {error}")
    figures |= run_peers(bench, peers, work, threads)
    bench.output.unlink(missing_ok=True)
    return figures


def csv(work, threads=1):
    everybody = {"parse": ("Polars", "DuckDB", "Python")}.get(work, ("Polars", "DuckDB", "Python", "gawk", "Miller"))
    peers = everybody if threads == 1 else ("Polars", "DuckDB")
    return lambda bench: csv_round(bench, work, threads, peers)


def figures_of(text):
    """The first figure behind each name of a table that a program prints."""
    return {name: float(figure) for name, figure in re.findall(r"^(\w+) +([0-9.]+)", text, re.MULTILINE)}


def text_of(program, *arguments):
    """Of a program that ends with status 1 when it is above a limit of its own, which is judged here."""
    done = subprocess.run([PROGRAMS / program, *arguments], capture_output=True, text=True)
    if not done.stdout:
        raise RuntimeError(f"{program}: {done.stderr.strip()[-600:]}")
    return done.stdout


def chain(bench):
    """Once a round, for all rows that it has figures for."""
    bench.chain = bench.chain or figures_of(text_of("chain_benchmark", "1"))
    return bench.chain


def memory(bench):
    return chain(bench) | run_peers(bench, ("Polars", "DuckDB", "Python"), "memory")


def crossing(bench):
    return figures_of(text_of("crossing_benchmark", "5"))


def gate(bench):
    return figures_of(text_of("gate_benchmark"))


def assignment(bench):
    burst = next(line for line in text_of("changelog_benchmark").splitlines() if "/burst" in line)
    counters = dict(re.findall(r"(\w+)=([0-9.]+)", burst))
    return {"assignment": float(counters["assignment_ns"]), "rdtsc_and_store": float(counters["L_ns"])}


def cores(bench):
    """How much more is done in the same time of the wall: by two threads than by one, and by two processes than by one."""
    source = bench.input(bench.records)
    other = bench.output.with_suffix(".second.csv")

    def wall_of(*commands):
        begin = time.monotonic()
        processes = [subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL) for command in commands]
        if any([process.wait() for process in processes]):
            raise RuntimeError("a loop by hand failed")
        return time.monotonic() - begin

    one, two = by_hand("csv", "avx2", source, bench.output), by_hand("csv", "avx2", source, other)
    figures = {"two copies by hand": 2 * wall_of(one) / wall_of(one, two)}
    other.unlink()
    try:
        walls = [run(penstock(bench, "csv", source, threads))["wall_s"] for threads in (1, 2)]
        figures["penstock"] = walls[0] / walls[1]
    except RuntimeError as error:
        bench.fault(f"Penstock on two cores: {error}")
    bench.output.unlink(missing_ok=True)
    return figures


def flight(bench):
    text = text_of("chain_benchmark", "1")
    dict_bytes = next(json.loads(line)["bytes"] for line in
                      run([sys.executable, HERE / "layout" / "memory_layout.py", "200000"])["text"].splitlines() if "dict" in line)
    return {"penstock": float(re.search(r"in flight ([0-9.]+)", text)[1]), "bare columns": 40.0, "Python dict": dict_bytes}


def growth(bench):
    """Most memory of a run that reads from a pipe."""
    def most_mib(records):
        with subprocess.Popen([PROGRAMS / "readings_csv", str(records)], stdout=subprocess.PIPE) as generator:
            used = run(penstock(bench, "csv", "-"), stdin=generator.stdout)
            bench.output.unlink(missing_ok=True)
        return used["kib"] / 1024

    return {"once": most_mib(bench.records), "ten times": most_mib(10 * bench.records)}
