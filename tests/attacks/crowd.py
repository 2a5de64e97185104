"""A crowd of connections from many loopback addresses: crowd.py PORT CONNECTIONS ADDRESSES SAID, in hex. Each says
that, reads what comes, and comes again as soon as it is closed, until standard input ends."""
import errno
import json
import resource
import selectors
import socket
import sys

from stage import until_told

BIND_ADDRESS_NO_PORT = 24  # of linux/in.h: the port is chosen at the connect, and may be in use towards elsewhere


class Crowd:
    def __init__(self, port, addresses, said):
        self.port, self.addresses, self.said = port, addresses, said
        self.made = self.refused = 0
        self.selector = selectors.DefaultSelector()

    def come(self, place):
        """Connects from the address of its place: 127.1.0.1 and on."""
        line = socket.socket()
        line.setblocking(False)
        line.setsockopt(socket.IPPROTO_IP, BIND_ADDRESS_NO_PORT, 1)
        number = place % self.addresses + 1
        line.bind((f"127.1.{number // 250}.{number % 250 + 1}", 0))
        self.made += 1
        if line.connect_ex(("127.0.0.1", self.port)) in (0, errno.EINPROGRESS):
            self.selector.register(line, selectors.EVENT_WRITE, place)
        else:
            self.refused += 1
            line.close()

    def go_on(self, key, _):
        line, place = key.fileobj, key.data
        try:
            if key.events == selectors.EVENT_WRITE:
                line.send(self.said)
                self.selector.modify(line, selectors.EVENT_READ, place)
            elif line.recv(65536) == b"":
                self.leave(line, place)
        except OSError:
            self.leave(line, place)

    def leave(self, line, place):
        self.selector.unregister(line)
        line.close()
        self.come(place)


def main(port, connections, addresses, said=""):
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    crowd = Crowd(int(port), int(addresses), bytes.fromhex(said))
    ending = until_told()
    for place in range(int(connections)):
        crowd.come(place)
    while not ending.is_set():
        for event in crowd.selector.select(0.1):
            crowd.go_on(*event)
    print(json.dumps({"made": crowd.made, "refused": crowd.refused}))


main(*sys.argv[1:])
