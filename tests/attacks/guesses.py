"""Logins while somebody guesses, and many right ones: guesses.py SECONDS LOGINS."""
import concurrent.futures
import sys
import time

import grpc
import peer
from listener import FAILURES, Listener, Rounds, enter
from relay import Relay
from stage import Attacker, Stage, Usage, verdict

BEFORE = 2    # seconds
AT_ONCE = 64
WANTED = 5    # seconds for 150 logins on a free machine


def guess(stage, seconds):
    known = Listener(stage, "dora").log_in()
    before = Rounds(known.log_in, BEFORE)
    with Usage(stage.pids["accesspoint"]) as usage:
        with Attacker("guesser.py", "dora", "127.0.0.66") as guesser:
            during = Rounds(known.log_in, seconds)
            others = Rounds(lambda: enter(stage), 1)
    answers = guesser.done
    wanted = {
        "the known device is let in": during.all_in(), "others are let in": others.all_in(),
        "guesses are throttled": answers.get("RESOURCE_EXHAUSTED", 0) > answers.get("UNAUTHENTICATED", 0),
        "no guess is right": "let in" not in answers, "memory is given back": usage.memory_stays(),
    }
    counts = ", ".join(f"{count} {answer}" for answer, count in sorted(answers.items()))
    verdict("guesses at full speed", wanted, (
        f"{counts} in {seconds:.0f} s; logins of the account's own device: {before} before, {during} during; "
        f"of others: {others}; {usage}"))


def use_twice(stage):
    client = Listener(stage, "carol")
    request = peer.login_request(client.access_point, client.me, "carol", stage.password)
    client.access_point.call("Login", request, "LoginReply")
    try:
        client.access_point.call("Login", request, "LoginReply")
        answer = "let in"
    except grpc.RpcError as refused:
        answer = refused.code().name
    client.close()
    wanted = {"it is refused": answer == "FAILED_PRECONDITION"}
    verdict("a challenge used twice", wanted, f"the second login got {answer}")


def right_ones(stage, count):
    # An address at which nobody has guessed: from one that has, fewer are let in side by side.
    target = Relay(stage.port(), "127.0.0.77").target
    clients = [Listener(stage, f"crowd{number % 8 + 1}", target) for number in range(count)]
    ends, refused = [], []

    def log_in(client):
        try:
            client.log_in()
            ends.append(time.monotonic())
        except FAILURES as failed:
            refused.append(failed)

    with Usage(stage.pids["accesspoint"]) as usage:
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(log_in, clients))
    for client in clients:
        client.close()
    verdict("right logins of one address", {"all get in": not refused and len(ends) == count}, (
        f"{len(ends)} of {count}, {AT_ONCE} at once, the last after {max(ends, default=began) - began:.1f} s "
        f"(wanted for 150 on a free machine: {WANTED}); {usage}"))


def main(seconds, logins):
    stage = Stage()
    guess(stage, float(seconds))
    use_twice(stage)
    right_ones(stage, int(logins))


main(*sys.argv[1:])
