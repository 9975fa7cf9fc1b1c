"""What one process costs: CPU seconds and peak memory of it and of every child it waited for."""
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass

MB = 2**20 if sys.platform == "darwin" else 2**10  # the kernel tells bytes there, KiB elsewhere


@dataclass
class Cost:
    """One finished process."""

    status: int
    out: str
    err: str
    cpu_s: float  # user and system
    wall_s: float
    peak_mb: float  # of the largest process; never under this driver's own, which the kernel counts before the exec

    def why(self):
        """The last words of a process that failed."""
        if self.status == -signal.SIGKILL:
            return f"killed after {self.wall_s:.0f} s"
        lines = [line.strip() for line in (self.err.strip() or self.out.strip()).splitlines() if line.strip()]
        return f"exit {self.status}: {lines[-1][:200] if lines else 'said nothing'}"


def run(argv, cwd=None, limit_s=1800):
    """Runs `argv` to its end, or for `limit_s`."""
    env = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=cwd, env=env, start_new_session=True)
        alarm = threading.Timer(limit_s, os.killpg, (child.pid, signal.SIGKILL))
        alarm.daemon = True
        alarm.start()
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        finally:
            alarm.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        texts = []
        for f in (out, err):
            f.seek(0)
            texts.append(f.read().decode(errors="replace"))
    return Cost(child.returncode, texts[0], texts[1], usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / MB)
