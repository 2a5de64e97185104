"""Titles and names that command a terminal, imported, looked for, played and logged."""
import os
import sqlite3
import subprocess
import unicodedata

from listener import Desktop
from stage import Stage, verdict

COMMANDS = "\x1b]0;taken\x07\x1b[2J\u202eback\u2066wards\u200b\u009b31m"


def foul(said):
    """Control and format characters beside the ends of lines."""
    return [letter for letter in said if letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cf")]


def run(stage, *command):
    environment = dict(os.environ, SPOTIFYCORE_PASSWORD=stage.password)
    ran = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
    return (ran.stdout + ran.stderr).decode()


def bring_in(stage, title):
    """Imports a track with such a title; what the importer says, in lines for people and as JSON."""
    folder = f"{stage.work}/{title}"
    os.mkdir(folder)
    metadata = [f"{name}={title} {COMMANDS}" for name in ("title", "artist", "album")]
    subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", f"sine={len(title)}00:d=6"]
        + [part for one in metadata for part in ("-metadata", one)] + [f"{folder}/{title} {COMMANDS}.flac"], check=True)
    importer = [stage.importer, folder, "--access-point", f"http://{stage.access_point}", "--name", "librarian"]
    return run(stage, *importer) + run(stage, *importer, "--json")


def spoil(stage, title):
    """Puts such a title past the import, as into a catalogue older than its rules."""
    with sqlite3.connect(f"{stage.work}/accesspoint/service.db", timeout=30) as database:
        database.execute("UPDATE tracks SET title = ?, artists = ? WHERE title LIKE ?", (
            f"{title} {COMMANDS}", f"{title} {COMMANDS}", f"{title}%"))
    database.close()


def show(stage, desktop, title):
    """Everything that the command says of a track, by what it was told: the words mean its album as well."""
    told = [f"search {title}", f"search {title} --json", f"play {title}", f"play {title} --choose 1",
            f"queue add {title} --choose 1", "queue", "status --once", "status --json", "next", "stats"]
    return {words: run(stage, stage.command, "--socket", desktop.socket, *words.split()) for words in told}


def complain(stage, desktop):
    """What the command and the hosts say of names that nobody has."""
    told = [["search"], ["play"], ["login"], ["queue", "remove"]]
    return [run(stage, stage.command, "--socket", desktop.socket, *words, f"nothing {COMMANDS}") for words in told]


def main():
    stage = Stage()
    said = [bring_in(stage, "Imported"), bring_in(stage, "Spoilt")]
    spoil(stage, "Spoilt")
    desktop = Desktop(stage, 2)
    shown = {title: show(stage, desktop, title) for title in ("Imported", "Spoilt")}
    desktop.tell("stop")
    honest = Desktop(stage, 1).play("Cold")
    said += complain(stage, desktop) + [text for texts in shown.values() for text in texts.values()]
    logs = [stage.log(host) for host in stage.pids]
    wanted = {
        **{f"{title} is shown by {words}": title in texts[words]
           for title, texts in shown.items()
           for words in (f"search {title}", f"play {title}", "queue", "status --json")},
        "an ordinary track plays": honest["ended"],
        "no such character is printed": not foul("".join(said)), "none is logged": not foul("".join(logs)),
    }
    printed, logged = len(foul("".join(said))), len(foul("".join(logs)))
    verdict("titles that command a terminal", wanted, (
        f"ESC, BEL, CSI and bidirectional overrides, imported and put into the catalogue: {printed} of them in "
        f"{len(said)} outputs of the command and the import, {logged} in the logs of {len(logs)} hosts"))


main()
