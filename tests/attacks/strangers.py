"""What strangers may do to an access point: strangers.py SECONDS CONNECTIONS. New listeners log in meanwhile."""
import struct
import sys
import threading

import grpc
from listener import Listener, Rounds, enter
from stage import Attacker, Stage, Usage, verdict

BEFORE = 2         # seconds
HUGE = 15 << 20    # bytes of a name
LOGINS = 12
CALLS = 8          # more than a stranger may have at a time on a connection
MOST = 4096        # bytes of a message without a session


def huge_logins(stage, seconds):
    """Twelve connections on which a login with a huge name is tried again and again."""
    codes = []

    def attack(client):
        request = client.access_point.make("LoginRequest", name="a" * HUGE)
        while not over.is_set():
            try:
                client.access_point.call("Login", request, "LoginReply")
                codes.append("let in")
            except grpc.RpcError as refused:
                codes.append(refused.code().name)

    before = Rounds(lambda: enter(stage), BEFORE)
    over = threading.Event()
    clients = [Listener(stage, "nobody") for _ in range(LOGINS)]
    with Usage(stage.pids["accesspoint"]) as usage:
        threads = [threading.Thread(target=attack, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()
        during = Rounds(lambda: enter(stage), seconds)
        over.set()
        for thread in threads:
            thread.join()
        for client in clients:
            client.close()
    wanted = {
        "every one is refused": set(codes) <= {"RESOURCE_EXHAUSTED", "UNAVAILABLE"},
        "every listener gets in": during.all_in(), "memory is given back": usage.memory_stays(),
    }
    counts = ", ".join(f"{codes.count(code)} {code}" for code in sorted(set(codes)))
    verdict("strangers, huge logins", wanted, (
        f"{LOGINS} at once with names of 15 MiB, {counts}; logins: {before} before, {during} during; {usage}"))


def unfinished_calls(authority):
    """The bytes of a connection with more logins than a stranger may have, each a byte short (RFC 9113, RFC 7541)."""
    def frame(kind, flags, stream, payload):
        return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload

    def text(value):
        assert len(value) < 127
        return bytes([len(value)]) + value.encode()

    headers = (
        b"\x83\x86" + b"\x01" + text(authority) + b"\x04" + text("/spotifycore.accesspoint.v1.AccessPoint/Login")
        + b"\x0f\x10" + text("application/grpc") + b"\x00" + text("te") + text("trailers"))
    message = struct.pack(">BI", 0, MOST) + bytes(MOST - 1)
    calls = (frame(1, 4, stream, headers) + frame(0, 0, stream, message) for stream in range(1, 2 * CALLS, 2))
    return b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, b"") + b"".join(calls)


def crowd(stage, seconds, name, connections, addresses, said=b""):
    before = Rounds(lambda: enter(stage), BEFORE)
    with Usage(stage.pids["accesspoint"]) as usage:
        with Attacker("crowd.py", stage.port(), connections, addresses, said.hex()) as attackers:
            during = Rounds(lambda: enter(stage), seconds)
    wanted = {"every listener gets in": during.all_in(), "memory is given back": usage.memory_stays()}
    verdict(f"strangers, {name}", wanted, (
        f"{connections} connections from {addresses} addresses, {attackers.done['made']} in all by "
        f"{attackers.processor:.1f} s of processor; logins: {before} before, {during} during; "
        f"the access point: {usage}"))


def main(seconds, connections):
    stage, seconds, connections = Stage(), float(seconds), int(connections)
    huge_logins(stage, seconds)
    crowd(stage, seconds, f"{CALLS} unfinished calls each", connections, 8, unfinished_calls(stage.access_point))
    crowd(stage, seconds, "silent", connections, 8)
    crowd(stage, seconds, "silent, of one address", connections, 1)


main(*sys.argv[1:])
