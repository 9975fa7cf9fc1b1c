"""The codes that run job R1: each peer in a virtual environment of its own, and Yalu.

Every side answers with a row: a dict of the figures it measured, or of `unavailable` and why.
"""
import json
import math
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import measure

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILT = ROOT / "target" / "bench"
SERVICES = ("a-g", "g-a")
BEGIN = datetime(2020, 1, 1, tzinfo=timezone.utc)  # the scenario's horizon
END = "2029-12-31"
SPARE_DAYS = 7  # simulated after the last departure, for trains that wait


class Unavailable(Exception):
    """A side that cannot run on this machine, and why."""


def costs(cost):
    return {"cpu_s": cost.cpu_s, "wall_s": cost.wall_s, "peak_mb": cost.peak_mb}


def answer(cost):
    """The JSON object a process printed."""
    try:
        facts = json.loads(cost.out)
    except ValueError:
        raise Unavailable(cost.why()) from None
    if not isinstance(facts, dict):
        raise Unavailable("printed something else than an object")
    return facts


class Side:
    """What is run: found or made once, and not tried again where that failed."""

    def __init__(self):
        self.program, self.failure = None, None

    def prepare(self):
        """The program to run."""
        if self.failure:
            raise self.failure
        if not self.program:
            try:
                self.program = self.make()
            except Unavailable as e:
                self.failure = e
                raise
        return self.program


class Peer(Side):
    """A code in peers/: run by this interpreter, or by that of its environment once that is made."""

    def __init__(self, name, title, needs_environment=True):
        super().__init__()
        self.name, self.title, self.needs_environment = name, title, needs_environment

    def make(self):
        """The environment's Python: made new, unless one with the same requirements stands."""
        if not self.needs_environment:
            return sys.executable
        wanted = HERE / "peers" / f"requirements-{self.name}.txt"
        venv = BUILT / f"venv-{self.name}"
        stamp, python = venv / "installed.txt", venv / "bin" / "python"
        if not (stamp.exists() and stamp.read_text() == wanted.read_text()):
            print(f"making the environment of {self.title} ...", file=sys.stderr)
            steps = ([sys.executable, "-m", "venv", "--clear", str(venv)],
                     [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", str(wanted)])
            for step in steps:
                done = subprocess.run(step, capture_output=True, text=True)
                if done.returncode:
                    lines = (done.stderr or done.stdout).strip().splitlines()
                    errors = [line for line in lines if line.startswith("ERROR")] or lines[-1:]
                    raise Unavailable(errors[-1][:200] if errors else "cannot be installed")
            stamp.write_text(wanted.read_text())
        return str(python)

    def ask(self, *args):
        """Runs the peer once."""
        try:
            cost = measure.run([self.prepare(), str(HERE / "peers" / f"{self.name}_run.py"), *map(str, args)])
            return {**answer(cost), **costs(cost)}
        except Unavailable as e:
            return {"code": self.title, "unavailable": str(e)}

    def single(self):
        return self.ask("single")

    def both(self, headway, trains, offset=0, load=None):
        return self.ask("both", "--trains", trains, "--headway", headway, "--offset", offset, *(("--load", *load) if load else ()))


class Yalu(Side):
    """The command line, on scenarios/job-r1."""

    name, title = "yalu", "Yalu"

    def __init__(self, binary=None):
        super().__init__()
        self.program = binary

    def make(self):
        """The release binary, built."""
        print("building yalu ...", file=sys.stderr)
        try:
            done = subprocess.run(["cargo", "build", "--release", "--bin", "yalu"], cwd=ROOT, capture_output=True, text=True)
        except OSError as e:
            raise Unavailable(f"cargo: {e.strerror}") from None
        if done.returncode:
            errors = [line for line in done.stderr.splitlines() if line.startswith("error")]
            raise Unavailable(f"does not build: {errors[-1][:200] if errors else 'no error told'}")
        return str(ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release" / "yalu")

    def ask(self, *args):
        """The object it printed, and what that cost."""
        try:
            cost = measure.run([self.prepare(), *map(str, args)], cwd=ROOT)
        except OSError as e:
            raise Unavailable(e.strerror) from None
        return answer(cost), cost

    def version(self):
        """What `yalu --version` says, without the name."""
        try:
            said = subprocess.run([self.prepare(), "--version"], capture_output=True, text=True).stdout
        except (Unavailable, OSError):
            return None
        return said.split("\n", 1)[0].partition(" ")[2] or None

    def single(self):
        row = {"code": self.title, "runs": {}, "cpu_s": 0.0, "peak_mb": 0.0}
        try:
            for service in SERVICES:
                facts, cost = self.ask("line", "train", "scenarios/job-r1", "--service", service, "--json")
                row["runs"][service] = {k: facts[k] for k in ("duration_s", "wheel_kwh", "braked_kwh", "marks")}
                row["cpu_s"] += cost.cpu_s
                row["peak_mb"] = max(row["peak_mb"], cost.peak_mb)
        except Unavailable as e:
            return {"code": self.title, "unavailable": str(e)}
        except KeyError as e:
            return {"code": self.title, "unavailable": f"printed no {e}"}
        return row

    def both(self, headway, trains=None, offset=0, load=None, route_setting=0):
        """`trains` per direction; all of ten years without it."""
        sets = [f"service.{s}.every_s={headway}" for s in SERVICES] + [f"service.g-a.first_s={offset}"]
        to = END
        if trains:
            sets += [f"service.{s}.trains={trains}" for s in SERVICES]
            last = BEGIN + timedelta(seconds=(trains - 1) * headway + offset)
            to = (last + timedelta(days=SPARE_DAYS + 1)).date().isoformat()
        if load:
            sets += [f"service.{s}.load_t={load[0]:g}..{load[1]:g}" for s in SERVICES]
        if route_setting:
            sets.append(f"operation.route_setting_s={route_setting}")
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out"
            try:
                facts, cost = self.ask("run", "scenarios/job-r1", "-o", out, "--force", "--replications", 1, "--json", *[a for s in sets for a in ("--set", s)], "--to", to)
                row = figures(facts)
            except Unavailable as e:
                return {"code": self.title, "unavailable": str(e)}
            except (KeyError, TypeError) as e:
                return {"code": self.title, "unavailable": f"the answer of `yalu run` lacks {e}"}
            written = sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) if out.exists() else 0
        row["wanted"] = 2 * trains if trains else None
        if trains and row["trains"] != row["wanted"]:
            row["said"] += f"; {row['trains']} trains instead of {row['wanted']}"
        return {**row, **costs(cost), "headway_s": headway, "written_mb": written / 1e6, "exit_status": cost.status}


def figures(facts):
    """The figures of one run in the answer of `yalu run --json`."""
    services = [s for s in facts["line"]["services"] if s["id"] in SERVICES]
    arrived = sum(s["arrived"] for s in services)
    runs = [s for s in services if s["arrived"]]
    unsafe = {k: facts[k] for k in ("deadlocks", "checker_violations", "moves_refused_for_safety")}
    return {"code": "Yalu", "trains": sum(s["ready"] for s in services), "arrived": arrived,
            "mean_run_s": sum(s["mean_run_s"] * s["arrived"] for s in runs) / max(1, arrived), "max_run_s": max((s["max_run_s"] for s in runs), default=None),
            "train_hours": facts["line"]["train_hours"], **unsafe, "said": "%d deadlocks, %d violations, %d refused" % tuple(unsafe.values())}


def sound(row):
    """Whether a Yalu row shows no deadlock, no rule broken, and every train that was wanted arrived.

    A run of all ten years ends with trains on the line: those of the last `max_run_s` may be under way. Moves refused for
    safety are told, not judged.
    """
    if "unavailable" in row or not row["arrived"] or row["deadlocks"] or row["checker_violations"]:
        return False
    if row["wanted"]:
        return row["trains"] == row["arrived"] == row["wanted"]
    return row["trains"] - row["arrived"] <= 2 * math.ceil(row["max_run_s"] / row["headway_s"])


GOLD = Peer("gold", "gold", needs_environment=False)
PEERS = {p.name: p for p in (GOLD, Peer("sumo", "SUMO"), Peer("altrios", "ALTRIOS"), Peer("simpy", "SimPy"))}
