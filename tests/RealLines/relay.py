#!/usr/bin/python3
"""Gives every packet that is routed through it a delay: what a kernel with netem would do.

    relay.py DEVICE MILLISECONDS

Makes the TUN device in the network namespace that it is started in, and writes each packet back to it so many
milliseconds after it was read. Says "ready" once the device is up. Order is kept; nothing is lost below 10,000 packets
under way. Needs root.
"""
import collections
import fcntl
import os
import select
import struct
import subprocess
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
UNDER_WAY = 10_000


def open_device(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    subprocess.run(["ip", "link", "set", name, "up", "txqueuelen", "5000"], check=True)
    return device


def relay(device, delay):
    under_way = collections.deque()
    while True:
        wait = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
        readable, _, _ = select.select([device], [], [], wait)
        if readable:
            due = time.monotonic() + delay
            try:
                while len(under_way) < UNDER_WAY:
                    under_way.append((due, os.read(device, 65536)))
            except BlockingIOError:
                pass
        now = time.monotonic()
        while under_way and under_way[0][0] <= now:
            try:
                os.write(device, under_way.popleft()[1])
            except BlockingIOError:
                pass  # The device is full: the packet is lost, as on a real line.


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    opened = open_device(sys.argv[1])
    print("ready", flush=True)
    relay(opened, float(sys.argv[2]) / 1000)
