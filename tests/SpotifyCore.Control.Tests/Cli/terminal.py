"""Runs a program in a pseudo terminal and keeps its screen, as a terminal does that breaks lines anew when resized.

terminal.py COLUMNS ROWS PROGRAM ARGUMENT...

Commands come as lines on standard input: "show" answers with a line of JSON (the rows, how often a line was too wide
since the size was last set, and whether the program has ended), "resize COLUMNS ROWS" (once the program has written
again: what it writes for one size and a screen of another reads is lost on it, as in any terminal), "interrupt"
(Ctrl-C). Ends after the program and the last command, with the program's exit code.
"""

import codecs
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import unicodedata

SEQUENCE = re.compile("\x1b(?:\\[([?>]?)([0-9;]*)([@-~])|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|[()][0-9A-Z]|[=>78cDEHM])")


def cells(character):
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


class Screen:
    def __init__(self, columns, height):
        self.columns, self.height, self.wraps = columns, height, 0
        self.rows, self.broken = [[]], [False]  # broken: the row goes on in the next one
        self.row, self.column, self.unread = 0, 0, ""

    def write(self, text):
        text, self.unread = self.unread + text, ""
        at = 0
        while at < len(text):
            if text[at] != "\x1b":
                self.put(text[at])
                at += 1
                continue
            sequence = SEQUENCE.match(text, at)
            if not sequence:
                self.unread = text[at:]
                return
            if sequence[3] and not sequence[1]:
                self.command(sequence[3], int(sequence[2].split(";")[0] or 0))
            at = sequence.end()

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.down()
        elif ord(character) >= 32:
            if self.column + cells(character) > self.columns:
                self.wraps += 1
                self.broken[self.row] = True
                self.down()
                self.column = 0
            row = self.rows[self.row]
            del row[self.index():]
            row.append(character)
            self.column += cells(character)

    def index(self):
        width = 0
        for index, character in enumerate(self.rows[self.row]):
            if width >= self.column:
                return index
            width += cells(character)
        return len(self.rows[self.row])

    def down(self):
        self.row += 1
        if self.row == len(self.rows):
            self.rows.append([])
            self.broken.append(False)

    def command(self, name, number):
        if name in "AF":
            self.row = max(self.row - (number or 1), len(self.rows) - self.height, 0)
            self.column = 0 if name == "F" else self.column
        elif name in "JK" and number == 0:
            del self.rows[self.row][self.index():]
            if name == "J":
                del self.rows[self.row + 1:], self.broken[self.row + 1:]
            self.broken[self.row] = False

    def resize(self, columns, height):
        lines, cursor = [[]], 0
        for number, row in enumerate(self.rows):
            cursor = len(lines) - 1 if number == self.row else cursor
            lines[-1] += row
            if not self.broken[number]:
                lines.append([])
        before = Screen(columns, height)
        for number, line in enumerate(lines[:-1]):
            if number == cursor:
                self.row, self.column = before.row, 0
            for character in line:
                before.put(character)
            if number < len(lines) - 2:
                before.put("\r")
                before.put("\n")
        self.rows, self.broken = before.rows, before.broken
        self.columns, self.height, self.wraps = columns, height, 0


def set_size(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def main():
    columns, rows, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    child, terminal = pty.fork()
    if child == 0:
        set_size(0, columns, rows)
        os.environ["TERM"] = "xterm-256color"
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs in the background ignores it
        os.execv(program[0], program)

    screen, decoder = Screen(columns or 80, rows), codecs.getincrementaldecoder("utf-8")()
    watched, commands, size = [terminal, 0], b"", None
    while terminal in watched or 0 in watched:
        ready = select.select(watched, [], [])[0]
        if terminal in ready:
            try:
                written = os.read(terminal, 65536)
            except OSError:  # the program is gone
                written = b""
            if size and written:  # it stands still meanwhile, and all that it wrote is read
                os.kill(child, signal.SIGSTOP)
                while select.select([terminal], [], [], 0)[0]:
                    written += os.read(terminal, 65536)
            screen.write(decoder.decode(written))
            if size and written:
                screen.resize(*size)
                set_size(terminal, *size)
                size = None
                os.kill(child, signal.SIGCONT)
            if not written:
                watched.remove(terminal)
        if 0 in ready:
            read = os.read(0, 4096)
            commands += read
            if not read:
                watched.remove(0)
        *lines, commands = commands.split(b"\n")
        for line in lines:
            words = line.decode().split()
            if words[0] == "show":
                rows = ["".join(row) for row in screen.rows]
                print(json.dumps({"rows": rows, "wraps": screen.wraps, "ended": terminal not in watched}), flush=True)
            elif words[0] == "interrupt":
                os.write(terminal, b"\x03")
            else:
                size = int(words[1]), int(words[2])
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


sys.exit(main())
