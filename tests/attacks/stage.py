"""What an attack finds on the stage that attacks.sh has set, what it may ask of it, and how it says what came of it."""
import json
import os
import re
import subprocess
import sys
import threading
import time

SETTLE = 5           # seconds after which what an attack took must be given back
LEAST = 19           # the lowest priority that there is
MOST_GROWTH = 64     # MB that a process may have grown by then: the bound of strangers' unfinished bytes
HERE = os.path.dirname(os.path.abspath(__file__))


class Stage:
    """The network, as described in a file: addresses, pids, tracks and the one password of all accounts."""

    def __init__(self):
        with open(os.environ["ATTACKS_STAGE"]) as file:
            described = json.load(file)
        self.access_point, self.descriptor, self.password, self.command, self.importer, self.work = (
            described[name] for name in ("access_point", "descriptor", "password", "command", "importer", "work"))
        self.tracks, self.pids = described["tracks"], described["pids"]

    def port(self):
        return int(self.access_point.rpartition(":")[2])

    def log(self, host):
        """What a host has logged so far."""
        with open(f"{self.work}/{host}.log", errors="replace") as file:
            return file.read()


def ask(*words):
    """Has attacks.sh do something; its answer."""
    print("do", *words, flush=True)
    answer = sys.stdin.readline()
    assert answer.startswith("done"), f"could not be done: {' '.join(words)}"
    return answer.split()[1:]


def verdict(name, wanted, text):
    """Prints the line of an attack; wanted says of each thing that had to be so whether it was."""
    missed = [what for what, held in wanted.items() if not held]
    end = f"; NOT SO: {', '.join(missed)}" if missed else ""
    print("passed" if not missed else "failed", f"{name}: {text}{end}", flush=True)


def resident(pid):
    """MB of a process that are in memory."""
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024


def processor(pid):
    """Seconds of a processor that a process has had."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Usage:
    """What a process takes before, at most during, and some seconds after an attack, and of the processor meanwhile."""

    def __init__(self, pid):
        self.pid, self.before, self.peak, self.after = pid, resident(pid), 0, 0
        self._began, self._at, self.processor, self.seconds = processor(pid), time.monotonic(), 0, 0
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._watcher.start()
        return self

    def __exit__(self, *_):
        self.processor, self.seconds = processor(self.pid) - self._began, time.monotonic() - self._at
        time.sleep(SETTLE)
        self._ended.set()
        self._watcher.join()
        self.after = resident(self.pid)

    def _watch(self):
        while not self._ended.wait(0.2):
            self.peak = max(self.peak, resident(self.pid))

    def memory_stays(self):
        return self.after - self.before <= MOST_GROWTH

    def __str__(self):
        return (f"{self.processor:.1f} s of processor in {self.seconds:.0f} s; resident {self.before:.0f} MB before, "
                f"{self.peak:.0f} at most, {self.after:.0f} after")


class Attacker:
    """A program beside this one, which attacks until it is told to end and then says what it did. It has what others
    leave of the processors, as if they were its own: what it makes the attacked do is felt, its own work is not."""

    def __init__(self, program, *arguments):
        self._process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, program), *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: os.nice(LEAST))
        self.done, self.processor = {}, 0

    def __enter__(self):
        assert self._process.stdout.readline() == "begun\n", "the attacker did not begin"
        return self

    def __exit__(self, *_):
        self.processor = processor(self._process.pid)
        said, _ = self._process.communicate()
        self.done = json.loads(said)


def until_told():
    """In an attacker: says that it has begun, and returns an event that is set once it is to end."""
    ending = threading.Event()

    def wait():
        sys.stdin.read()
        ending.set()

    threading.Thread(target=wait, daemon=True).start()
    print("begun", flush=True)
    return ending
