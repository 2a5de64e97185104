"""The TCP sockets of this machine, as the kernel lists them."""
import collections

ESTABLISHED, LISTENING = "01", "0A"
Socket = collections.namedtuple("Socket", "state local remote inode")


def sockets():
    """All of them: state, ports of both sides, and the inode by which /proc/PID/fd names it."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table) as file:
            for line in file.readlines()[1:]:
                _, local, remote, state, *rest = line.split()
                yield Socket(state, int(local[-4:], 16), int(remote[-4:], 16), rest[5])
