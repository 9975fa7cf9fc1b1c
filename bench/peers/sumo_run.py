"""Eclipse SUMO 1.28.0 on job R1: its rail car-following model, rail signals, bidirectional track.

One exit signal per direction in each loop: trains to G use track m, trains to A track l, a block is a section and the track of
the next loop. SUMO's own rules differ a little from the job's: its braking plan ignores the gradient, so it stops in emergency
below a falling grade (counted here); it takes the gradient under the front; its trip duration counts from insertion, so the
wait to enter is added here as the job defines it and both are told; a train to A runs 31 m more (the 20 m slanted pieces of
track l); at G it arrives rolling.

    python3 sumo_run.py single|both [see job.py]
"""
import os
import random
import resource
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from importlib.metadata import version

import job
import sumo

HOME = os.path.dirname(sumo.__file__)
ENV = dict(os.environ, SUMO_HOME=HOME)
DIRECTIONS = ("AG", "GA")
STATIONS = [(0, 1000)] + [(k * 10e3 - 500, k * 10e3 + 500) for k in range(1, 6)] + [(59e3, 60e3)]


def network(folder):
    """Writes the network: stations 0..6 with tracks m and l, joined by single track."""
    z = job.elevation(job.LINE)
    nodes, edges = [], []

    def node(name, x, y=0, signal=False):
        nodes.append(f'<node id="{name}" x="{x}" y="{y}" z="{z(x)}" type="{"rail_signal" if signal else "priority"}"/>')

    def track(name, a, b):
        for e, f, t in ((name + "+", a, b), (name + "-", b, a)):
            edges.append(f'<edge id="{e}" from="{f}" to="{t}" numLanes="1" speed="{job.LIMIT}" allow="rail" spreadType="center"/>')

    for k, (a, b) in enumerate(STATIONS):
        node(f"s{k}w", a)
        node(f"s{k}e", b)
        for tr, y in (("m", 0), ("l", 10)):
            s = f"s{k}{tr}"
            node(s + "w", a + 20, y, tr == "l")
            node(s + "e", b - 20, y, tr == "m")
            node(s + "c", (a + b) / 2, y)
            track(s + "1", f"s{k}w", s + "w")
            track(s + "2", s + "w", s + "c")
            track(s + "3", s + "c", s + "e")
            track(s + "4", s + "e", f"s{k}e")
    for k in range(6):
        node(f"g{k}w", STATIONS[k][1] + 20)
        node(f"g{k}e", STATIONS[k + 1][0] - 20)
        track(f"g{k}1", f"s{k}e", f"g{k}w")
        track(f"g{k}2", f"g{k}w", f"g{k}e")
        track(f"g{k}3", f"g{k}e", f"s{k + 1}w")
    for name, tag, rows in (("n.nod.xml", "nodes", nodes), ("n.edg.xml", "edges", edges)):
        with open(os.path.join(folder, name), "w") as f:
            f.write(f"<{tag}>{''.join(rows)}</{tag}>")
    subprocess.run([os.path.join(HOME, "bin", "netconvert"), "-n", "n.nod.xml", "-e", "n.edg.xml", "-o", "n.net.xml", "--no-turnarounds", "true",
                    "--offset.disable-normalization", "true", "--no-internal-links", "true", "--railway.signal.guess.by-stops", "false"],
                   cwd=folder, env=ENV, check=True, capture_output=True, text=True)


def path(reverse):
    """The edges from end to end: track m towards G, track l towards A."""
    seq = []
    for k in range(7):
        seq += [f"s{k}{'l' if reverse else 'm'}{i}" for i in (1, 2, 3, 4)]
        if k < 6:
            seq += [f"g{k}{i}" for i in (1, 2, 3)]
    return " ".join(e + "-" for e in reversed(seq)) if reverse else " ".join(e + "+" for e in seq)


def vehicle_type(name, load_t):
    m = job.mass(load_t)
    return (f'<vType id="{name}" vClass="rail" length="{job.TRAIN_M}" minGap="5" maxSpeed="{job.LIMIT}" carFollowModel="Rail" trainType="custom" '
            f'mass="{m}" decel="{job.BRAKE}" emergencyDecel="1" massFactor="{job.ROTATING}" maxPower="{job.POWER_W / 1000}" '
            f'maxTraction="{job.FORCE_N / 1000}" resCoef_constant="{m * job.G * job.ROLLING / 1000}" resCoef_linear="0" '
            f'resCoef_quadratic="{job.AIR / 1000}" speedFactor="1" speedDev="0"/>')


def routes(folder, trains, load=None):
    """Writes the trains: (second, direction, number). With `load`, each has a vehicle type of its own."""
    draw = random.Random(1)
    with open(os.path.join(folder, "r.rou.xml"), "w") as f:
        f.write("<routes>" + ("" if load else vehicle_type("f", job.LOAD_T)))
        for d, name in enumerate(DIRECTIONS):
            f.write(f'<route id="{name}" edges="{path(bool(d))}"/>')
        for due, d, k in trains:
            train = f"{DIRECTIONS[d]}{k}"
            kind = "f"
            if load:
                kind = "f" + train
                f.write(vehicle_type(kind, draw.uniform(*load)))
            f.write(f'<vehicle id="{train}" type="{kind}" route="{DIRECTIONS[d]}" depart="{due}" departPos="{job.TRAIN_M - 500}" departSpeed="0" '
                    'departEdge="2" arrivalPos="max" arrivalSpeed="0"/>')
        f.write("</routes>")


def simulate(folder, *extra):
    """Runs SUMO at a step of 1 s; its CPU seconds, trips, counts of safety and worst emergency deceleration."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    r = subprocess.run([os.path.join(HOME, "bin", "sumo"), "-n", "n.net.xml", "-r", "r.rou.xml", "--step-length", "1", "--tripinfo-output", "t.xml",
                        "--statistic-output", "s.xml", "--time-to-teleport", "-1", "--no-step-log", "true", "--xml-validation", "never", *extra],
                       cwd=folder, env=ENV, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if r.returncode:
        raise SystemExit(r.stderr.strip()[-500:])
    worst = max((float(w.split("decel=-")[1].split(",")[0]) for w in r.stderr.splitlines() if "emergency stop" in w and "decel=-" in w), default=0.0)
    trips = [(x.get("id")[:2], float(x.get("duration")), float(x.get("departDelay")), float(x.get("arrivalSpeed"))) for x in ET.parse(folder + "/t.xml").getroot()]
    safety = {k: int(v) for k, v in ET.parse(folder + "/s.xml").getroot().find("safety").items()}
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, trips, safety, worst


def marks(folder, reverse):
    """The seconds at which the front passes the marks, from SUMO's own positions, linear within its step."""
    seen, last, start = [], None, None
    for step in ET.parse(folder + "/f.xml").getroot():
        for v in step:
            x = float(v.get("x"))
            at, now = (job.LENGTH_M - x if reverse else x), float(step.get("time"))
            start = now if start is None else start
            if last and len(seen) < len(job.MARKS_M) and at >= job.MARKS_M[len(seen)]:
                mark = job.MARKS_M[len(seen)]
                seen.append({"at_m": mark, "time_s": round(last[1] + (now - last[1]) * (mark - last[0]) / (at - last[0]) - start, 2)})
            last = (at, now)
    return seen


def single(folder):
    runs, cpu = {}, 0.0
    for d, name in enumerate(("a-g", "g-a")):
        routes(folder, [(0, d, 0)])
        used, trips, _, _ = simulate(folder, "--fcd-output", "f.xml")
        cpu += used
        runs[name] = {"duration_s": trips[0][1], "wheel_kwh": None, "braked_kwh": None, "marks": marks(folder, bool(d)), "arrives_at_m_s": trips[0][3]}
    job.tell(code="SUMO", version=version("eclipse-sumo"), runs=runs, simulating_cpu_s=cpu, said="arrives at %.2f and %.2f m/s instead of 0" % tuple(r["arrives_at_m_s"] for r in runs.values()))


def both(folder, args):
    trains = job.departures(args)
    routes(folder, trains, args.load)
    cpu, trips, safety, worst = simulate(folder)
    runs = [t[1] + t[2] for t in trips]
    own = [t[1] for t in trips]
    n = max(1, len(trips))
    said = f"{safety['emergencyStops']} emergency stops, worst {worst:.1f} m/s2"
    if max((t[2] for t in trips), default=0) > 0:
        said += f"; from insertion {sum(own) / n:.0f}/{max(own):.0f} s"
    if len(trips) < len(trains):
        said += "; deadlock"
    job.tell(code="SUMO", version=version("eclipse-sumo"), trains=len(trains), arrived=len(trips), mean_run_s=sum(runs) / n, max_run_s=max(runs, default=None),
             mean_from_insertion_s=sum(own) / n, max_from_insertion_s=max(own, default=None), train_hours=sum(own) / 3600, simulating_cpu_s=cpu,
             emergency_stops=safety["emergencyStops"], emergency_braking=safety["emergencyBraking"], collisions=safety["collisions"],
             worst_emergency_m_s2=worst, said=said)


def main():
    args = job.arguments(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        network(folder)
        if args.job == "single":
            single(folder)
        else:
            both(folder, args)


if __name__ == "__main__":
    main()
