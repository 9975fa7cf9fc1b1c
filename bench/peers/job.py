"""Job R1 in numbers: the line, the train, and the command line that every peer here understands.

    <peer>_run.py single
        one train each way on the empty line; prints one JSON object
    <peer>_run.py both --trains N --headway S [--offset S] [--load MIN MAX]
        N trains per direction, one from each end every S seconds; prints one JSON object

Only the standard library, Python 3.9 or later.
"""
import argparse
import json

G = 9.80665
LENGTH_M = 60e3
MARKS_M = (10e3, 20e3, 30e3, 40e3, 50e3)
# from m, to m, permille (positive climbs towards G)
LINE = [(0, 10e3, 0.0), (10e3, 20e3, 6.0), (20e3, 30e3, 0.0), (30e3, 40e3, -6.0), (40e3, 50e3, 3.0), (50e3, 60e3, -3.0)]
LIMIT = 80 / 3.6  # m/s
WAGONS = 40
LOCO_KG = 130e3
TARE_KG = 20e3
LOAD_T = 60.0  # goods in each wagon
TRAIN_M = 560.0
ROTATING = 1.04  # rotating-mass factor
ROLLING = 1.5e-3  # N per N of weight
AIR = 98.0  # N per (m/s)^2
FORCE_N = 400e3
POWER_W = 3.0e6
BRAKE = 0.30  # m/s2, net


def mass(load_t=LOAD_T):
    """The train's mass in kg with `load_t` tonnes of goods in each wagon."""
    return LOCO_KG + WAGONS * (TARE_KG + load_t * 1e3)


def profile(reverse=False):
    """The gradients in the direction of travel."""
    if reverse:
        return [(LENGTH_M - b, LENGTH_M - a, -g) for a, b, g in reversed(LINE)]
    return LINE


def elevation(p):
    """Height in m above the start of the profile, as a function of the distance."""
    knots = [(0.0, 0.0)]
    for a, b, g in p:
        knots.append((b, knots[-1][1] + (b - a) * g / 1000))

    def z(x):
        x = min(max(x, 0.0), LENGTH_M)
        for (x0, z0), (x1, z1) in zip(knots, knots[1:]):
            if x <= x1:
                return z0 + (z1 - z0) * (x - x0) / (x1 - x0)
        return knots[-1][1]

    return z


def arguments(doc, both=True):
    """The job asked for on the command line."""
    p = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = p.add_subparsers(dest="job", required=True)
    kinds.add_parser("single")
    if both:
        b = kinds.add_parser("both")
        b.add_argument("--trains", type=int, default=12, help="per direction")
        b.add_argument("--headway", type=float, default=7200.0, help="s between departures at each end")
        b.add_argument("--offset", type=float, default=0.0, help="s by which G starts after A")
        b.add_argument("--load", type=float, nargs=2, metavar=("MIN", "MAX"), help="t per wagon, drawn for each train")
    return p.parse_args()


def departures(args):
    """(scheduled second, direction, number) of every train, in the order of departure."""
    rows = [(k * args.headway + (args.offset if d else 0.0), d, k) for k in range(args.trains) for d in (0, 1)]
    return sorted(rows)


def tell(**facts):
    """Prints the peer's answer: one line of JSON."""
    print(json.dumps(facts), flush=True)
