#!/usr/bin/env python3
"""Forecasts of counts by AutoETS, the dynamic optimised Theta method and the seasonal naive one, for `yalu watch score --rivals`.

    python3 -m venv v && v/bin/pip install statsforecast==2.0.1
    v/bin/python bench/watch_rivals.py COUNTS.csv.gz RIVALS.csv [FROM TO EVERY]

Reads Border Crossing Entry Data. Each model is given the last 156 months, its stronger history here; months without a row are
filled straight between their neighbours, for these models alone: they take no gaps.
"""
import csv
import gzip
import sys

import numpy as np
from statsforecast.models import AutoETS, DynamicOptimizedTheta, SeasonalNaive

MEASURES = {"Trains": ("trains", 30), "Rail Containers Loaded": ("loaded", 1000), "Rail Containers Full": ("loaded", 1000)}
NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
AHEAD = (1, 3, 6, 12)


def month(text):
    name, year = text.split()
    return int(year) * 12 + NAMES.index(name[:3])


def number(text):
    year, m = text.split("-")
    return int(year) * 12 + int(m) - 1


def main(path, out, first="2017-12", last="2021-12", every="2"):
    series = {}
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    for row in csv.DictReader(opened):
        if row["Measure"] in MEASURES:
            key = (row["Port Code"].lstrip("0"), MEASURES[row["Measure"]])
            series.setdefault(key, {})[month(row["Date"])] = float(row["Value"].replace(",", ""))
    with open(out, "w", newline="") as f:
        write = csv.writer(f)
        write.writerow(["model", "crossing", "measure", "origin", "ahead", "value"])
        for (code, (measure, least)), values in sorted(series.items()):
            for origin in range(number(first), number(last) + 1, int(every)):
                recent = [values[m] for m in range(origin - 59, origin + 1) if m in values]
                if not recent or np.median(recent) < least:
                    continue
                months = [m for m in sorted(values) if origin - 155 <= m <= origin]
                if len(months) < 36:
                    continue
                span = np.arange(months[0], origin + 1)
                y = np.interp(span, months, [values[m] for m in months])
                for model in (AutoETS(season_length=12), DynamicOptimizedTheta(season_length=12), SeasonalNaive(season_length=12)):
                    mean = model.forecast(y=y, h=12)["mean"]
                    for h in AHEAD:
                        at = f"{origin // 12}-{origin % 12 + 1:02d}"
                        write.writerow([type(model).__name__, code, measure, at, h, f"{mean[h - 1]:.4f}"])


if __name__ == "__main__":
    main(*sys.argv[1:])
