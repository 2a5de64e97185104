"""The access point's signing key is replaced, and strangers show tickets of keys that nobody has: keys.py SECONDS. A
desktop plays through all of it."""
import sys
import time

from listener import FAILURES, Listener, Playing, Rounds
from stage import Attacker, Stage, Usage, ask, verdict

PATIENCE = 30       # seconds in which a node has asked for the new key, and dropped the old one
BETWEEN_ASKS = 5    # seconds that a node leaves between two asks, whatever it is shown
FETCHED = "ticket keys from"


def wait_for(what):
    """How long something took to come true; None when it did not."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if what():
            return time.monotonic() - began
        time.sleep(0.2)
    return None


def is_served(client):
    try:
        client.fetch_anew()
        return True
    except FAILURES:
        return False


def seconds_of(took):
    return "never" if took is None else f"after {took:.1f} s"


def main(seconds):
    stage, seconds = Stage(), float(seconds)
    playing = Playing(stage, seconds)
    old = Listener(stage, "carol").log_in().open("Cold")
    assert is_served(old), "the node serves nobody"
    ask("replace-key")
    new = Listener(stage, "carol").log_in().open("Cold")
    served = wait_for(lambda: is_served(new))
    forgotten = wait_for(lambda: not is_served(old))
    playing.end()
    wanted = {
        "the node asks for the new key": served is not None, "the old one is forgotten": forgotten is not None,
        "the music goes on": playing.goes_on,
    }
    verdict("signing key replaced", wanted, (
        f"a new listener is served by the node {seconds_of(served)}, a ticket of the old key is refused "
        f"{seconds_of(forgotten)}; {playing}"))

    node = new.opened.nodes[0]
    before, began = stage.log(node.site).count(FETCHED), time.monotonic()
    with Usage(stage.pids[node.site]) as usage:
        with Attacker("forger.py", node.host, node.port, node.id.hex()) as forger:
            during = Rounds(new.fetch_anew, seconds)
    took = time.monotonic() - began
    asked = stage.log(node.site).count(FETCHED) - before
    wanted = {
        "no forged ticket is taken": forger.done["taken"] == 0, "every listener gets his chunk": during.all_in(),
        "the node asks seldom": asked <= took / BETWEEN_ASKS + 1,
        "memory is given back": usage.memory_stays(),
    }
    verdict("tickets of unknown keys", wanted, (
        f"{forger.done['shown']} shown, for which the node asked {asked} times in {took:.0f} s; new listeners with "
        f"a chunk: {during}; {usage}"))


main(*sys.argv[1:])
