"""Job R1's figures as lines of text. A figure that a code does not give is a dash."""

WIDTHS = (42, 8, 9, 15, 8, 8, 9, 13, 8)
SINGLE = f"""
(a) one train, minimum running time
{'':5}{'code':9}{'10 km':>9}{'20 km':>9}{'30 km':>9}{'40 km':>9}{'50 km':>9}{'60 km':>9}{'s off gold':>11}{'wheel kWh':>11}{'braked kWh':>11}{'CPU s':>7}"""
NOTES = """
Run: arrival less scheduled departure, the wait to enter included. CPU s: user and system of the whole process and its children, start-up
included; sim: of them in the simulation itself, where the code tells. Train-h per CPU s: over CPU s, and over sim in brackets; SUMO's hours
count from insertion. Peak MB is never under what this driver itself takes. The codes' rules differ: see bench/README.md."""


def cells(row, code, *figures):
    """The row's name, its code, its figures to the right of their columns, and what the code says."""
    *figures, said = figures
    return f"{row:{WIDTHS[0]}} {code:{WIDTHS[1]}}" + "".join(f"{t:>{w}}" for t, w in zip(figures, WIDTHS[2:])) + "  " + said


BOTH = "\n(b) trains both ways, one from each end every headway\n" + cells(
    "headway", "code", "arrived", "mean/max run s", "CPU s", "sim", "train-h", "per CPU s", "peak MB", "said")


def number(x, digits=1):
    return "-" if x is None else f"{x:.{digits}f}"


def machine(facts):
    head = f"Job R1, {facts['date']}. {facts['processor']}, {facts['cores']} cores, load {facts['load_at_start']:.1f} at start, {facts['system']}, Python {facts['python']}."
    return head + (f" Yalu {facts['yalu']}." if "yalu" in facts else "")


def missing(row):
    return f"not available here: {row['unavailable']}"


def single(row, gold):
    """Two lines: A to G and G to A."""
    if "unavailable" in row:
        return f"{'':5}{row['code']:9}{missing(row)}"
    lines = []
    for service, run in row["runs"].items():
        at = {round(m["at_m"]): m["time_s"] for m in run["marks"]}
        off = None
        if "runs" in gold:
            ref = gold["runs"][service]
            pairs = [(at.get(round(m["at_m"])), m["time_s"]) for m in ref["marks"]] + [(run["duration_s"], ref["duration_s"])]
            off = max((abs(a - b) for a, b in pairs if a is not None), default=None)
        lines.append(f"{service:5}{row['code']:9}" + "".join(f"{number(at.get(k * 10_000)):>9}" for k in range(1, 6)) + f"{number(run['duration_s']):>9}{number(off, 2):>11}"
                     f"{number(run['wheel_kwh'], 2):>11}{number(run['braked_kwh'], 2):>11}" + (f"{row['cpu_s']:7.2f}" if service == "a-g" else ""))
    version = f"{row['code']} {row['version']}" if "version" in row else ""
    said = "; ".join(x for x in (version, row.get("said")) if x)
    return "\n".join(lines + ([f"{'':5}{said}"] if said else []))


def both(row):
    """One line."""
    if "unavailable" in row:
        return f"{row['row']:{WIDTHS[0]}} {row['code']:{WIDTHS[1]}} {missing(row)}"
    rate = row["train_hours"] / row["cpu_s"] if row["cpu_s"] else None
    sim = row.get("simulating_cpu_s")
    inner = f" ({row['train_hours'] / sim:.0f})" if sim else ""
    said = row["said"] + (f"; {row['written_mb']:.1f} MB written" if row.get("written_mb") else "")
    return cells(row["row"], row["code"], f"{row['arrived']}/{row['trains']}", f"{number(row['mean_run_s'], 0)}/{number(row['max_run_s'], 0)}", number(row["cpu_s"], 2),
                  number(sim, 2), number(row["train_hours"], 0), number(rate, 0) + inner, number(row["peak_mb"], 0), said)


def sweep(rows):
    """The worst of every count, and where it was."""
    ran = [r for r in rows if "unavailable" not in r]
    lines = [f"{len(ran)} of {len(rows)} runs made, {sum(r['trains'] for r in ran)} trains, {sum(r['arrived'] for r in ran)} arrived, {sum(r['cpu_s'] for r in ran):.1f} CPU s"]

    def where(r):
        return f"every {r['headway_s']} s, G {r['offset_s']} s later"

    for key, words in (("deadlocks", "deadlocks"), ("checker_violations", "violations"), ("moves_refused_for_safety", "moves refused for safety")):
        if ran:
            worst = max(ran, key=lambda r: r[key])
            lines.append(f"{words}: " + (f"worst {worst[key]}, {where(worst)}; {sum(1 for r in ran if r[key])} runs with any" if worst[key] else "none in any run"))
    late = [r for r in ran if r["arrived"] < r["trains"]]
    if late:
        worst = max(late, key=lambda r: r["trains"] - r["arrived"])
        lines.append(f"not arrived: worst {worst['trains'] - worst['arrived']} of {worst['trains']}, {where(worst)}; {len(late)} runs with any")
    elif ran:
        lines.append("not arrived: none in any run")
    failed = [r for r in rows if "unavailable" in r]
    lines += [f"not made, {where(r)}: {r['unavailable']}" for r in failed[:5]]
    if len(failed) > 5:
        lines.append(f"and {len(failed) - 5} more not made")
    return "\n".join(lines)
