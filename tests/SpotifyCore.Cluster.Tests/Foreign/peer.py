"""A peer written from the wire specification alone (engine/SpotifyCore.Protocol/README.md, SpotifyCore.Content's for
manifests and seals, access_point.proto for the calls): peer.py DESCRIPTOR ACCESS_POINT NAME TRACK, password in
SPOTIFYCORE_PASSWORD. Needs Debian's python3-grpcio and python3-cryptography.

It logs in, fetches the track from a storage node and from a peer, says what it found as a line of JSON each, and then
serves the track to whoever asks it to connect, until its standard input ends.
"""
import datetime
import hashlib
import json
import os
import queue
import socket
import ssl
import struct
import sys
import tempfile
import threading
import time

import grpc
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.x509.oid import NameOID
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PATIENCE = 60
CHUNK = 16384
HELLO, REPLY, REFUSED, REFRESH, PING, PONG, GO_AWAY, ERROR, CANCEL, BUSY, NOT_FOUND = range(1, 12)
MANIFEST_REQUEST, MANIFEST_DATA, CHUNK_REQUEST, CHUNK_DATA, HAVE_REQUEST, HAVE = range(12, 18)
PUT_BEGIN, SEARCH, SEARCH_HIT = 18, 23, 24
PEERS = 2


def say(**what):
    print(json.dumps(what), flush=True)


class AccessPoint:
    """The calls of access_point.proto, whose descriptor the caller has written to a file."""

    def __init__(self, descriptor, target, options=()):
        contract = descriptor_pb2.FileDescriptorProto.FromString(open(descriptor, "rb").read())
        pool = descriptor_pool.DescriptorPool()
        pool.Add(contract)
        factory = message_factory.MessageFactory(pool)
        self.messages = {
            message.name: factory.GetPrototype(pool.FindMessageTypeByName(f"{contract.package}.{message.name}"))
            for message in contract.message_type}
        self.service = f"/{contract.package}.AccessPoint/"
        self.channel = grpc.insecure_channel(target, options)
        self.metadata = ()

    def make(self, message, **fields):
        return self.messages[message](**fields)

    def call(self, method, request, reply):
        parse = self.messages[reply].FromString
        unary = self.channel.unary_unary(self.service + method, type(request).SerializeToString, parse)
        return unary(request, metadata=self.metadata, timeout=PATIENCE)

    def session(self, notices):
        stream = self.channel.stream_stream(
            self.service + "Session", self.messages["ClientNotice"].SerializeToString,
            self.messages["ServerNotice"].FromString)
        return stream(notices, metadata=self.metadata)


class Identity:
    """A P-256 key in a self-signed certificate."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.public = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        self.id = id_of(self.public)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a stranger")])
        now = datetime.datetime(2020, 1, 1)
        certificate = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self.key.public_key())
            .serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=36500))
            .sign(self.key, hashes.SHA256()))
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(self.key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
            file.write(certificate.public_bytes(serialization.Encoding.PEM))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self.context.load_cert_chain(file.name)
        os.unlink(file.name)

    def sign(self, data):
        r, s = utils.decode_dss_signature(self.key.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def id_of(public_key):
    return hashlib.sha256(public_key).digest()[:16]


def is_valid(ticket, holder, keys):
    """Whether a ticket allows its holder to fetch now."""
    if len(ticket) != 112 or ticket[0] != 1 or not ticket[1] & 1:
        return False
    key_id, = struct.unpack_from("<I", ticket, 4)
    expiry, = struct.unpack_from("<q", ticket, 40)
    if key_id not in keys or ticket[24:40] != holder or not 0 < expiry - time.time() < 3900:
        return False
    r, s = (int.from_bytes(part, "big") for part in (ticket[48:80], ticket[80:]))
    try:
        keys[key_id].verify(utils.encode_dss_signature(r, s), ticket[:48], ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False


class Track:
    """A manifest, checked against its file's id, and the chunks of the file that are there."""

    def __init__(self, opened):
        manifest = opened.manifest
        self.file, self.key, self.chunks = opened.file, opened.content_key, {}
        assert hashlib.sha256(manifest).digest()[:16] == self.file and manifest[:4] == b"SCM1"
        self.length, = struct.unpack_from("<Q", manifest, 4)
        self.count = (self.length + CHUNK - 1) // CHUNK
        self.hashes = [manifest[52 + 24 * i:68 + 24 * i] for i in range(self.count)]

    def take(self, index, sealed):
        assert hashlib.sha256(sealed).digest()[:16] == self.hashes[index], f"chunk {index} is wrong"
        self.chunks[index] = sealed

    def unsealed(self):
        counter = algorithms.AES(self.key)
        cipher = Cipher(counter, modes.CTR(bytes(16))).decryptor()
        return cipher.update(b"".join(self.chunks[i] for i in range(self.count)))


class Connection:
    """One connection to a node or peer, over a socket that is given or made here: asks, and answers what it is asked."""

    def __init__(self, peer, me, ticket, keys, held, plain=None):
        self.held, self.served, self.request, self.answers = held, 0, 0, {}
        plain = plain or socket.create_connection((peer.host, peer.port), PATIENCE)
        self.line = me.context.wrap_socket(plain, server_hostname="spotifycore")
        shown = x509.load_der_x509_certificate(self.line.getpeercert(binary_form=True))
        far = id_of(shown.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))
        assert far == peer.id, "somebody else is there"
        self.send(HELLO, 0, struct.pack("<4sHHBBHH", b"SCP1", 1, 2, 1, 0, 0, 64) + ticket)
        kind, _, payload = self.receive()
        assert kind == REPLY, f"refused: {payload[2:].decode()}"
        self.version, self.role, _, _, self.limit = struct.unpack_from("<HBBHH", payload)
        shown = payload[8:]
        assert not shown or is_valid(shown, far, keys), "its ticket is not valid"

    def send(self, kind, request, payload=b""):
        self.line.sendall(struct.pack("<IHI", len(payload), kind, request) + payload)

    def read(self, length):
        got = b""
        while len(got) < length:
            part = self.line.recv(length - len(got))
            if not part:
                raise EOFError
            got += part
        return got

    def receive(self):
        length, kind, request = struct.unpack("<IHI", self.read(10))
        return kind, request, self.read(length)

    def ask(self, kind, payload):
        self.request += 1
        self.send(kind, self.request, payload)
        return self.request

    def answer(self, request):
        """The next frame that answers a request; whatever else comes is dealt with."""
        while True:
            kind, to, payload = self.receive()
            if to == request and kind in (ERROR, BUSY, NOT_FOUND, HAVE, CHUNK_DATA):
                return kind, payload
            self.handle(kind, to, payload)

    def holds(self, file):
        kind, payload = self.answer(self.ask(HAVE_REQUEST, file))
        return kind == HAVE and payload[16] == 1

    def fetch(self, track, first, count):
        """Brings a range; the tiers that it came from, or the code that it was refused with."""
        request = self.ask(CHUNK_REQUEST, track.file + struct.pack("<IHBBI", first, count, 0, 0, 0))
        tiers, chunk, index = set(), b"", first
        while index < first + count:
            kind, payload = self.answer(request)
            if kind != CHUNK_DATA:
                return struct.unpack_from("<H", payload)[0] if kind == ERROR else kind
            number, offset, total, tier, _ = struct.unpack_from("<IHHBB", payload)
            assert (number, offset) == (index, len(chunk))
            tiers.add(tier)
            chunk += payload[10:]
            if len(chunk) == total:
                track.take(index, chunk)
                chunk, index = b"", index + 1
        return tiers

    def handle(self, kind, request, payload):
        """Answers what the far side asks."""
        if kind == PING:
            self.send(PONG, request)
        elif kind == HAVE_REQUEST:
            whole = payload == self.held.file and len(self.held.chunks) == self.held.count
            self.send(HAVE, request, payload + struct.pack("<BBII", whole, 0, 0, 0))
        elif kind == CHUNK_REQUEST:
            self.give(request, payload)
        elif kind == MANIFEST_REQUEST:
            self.send(NOT_FOUND, request, struct.pack("<I", 0))
        elif kind == SEARCH:
            if payload[8:24] == self.held.file and len(self.held.chunks) == self.held.count:
                self.send(SEARCH_HIT, 0, payload[:8] + b"\0")
        elif kind == PUT_BEGIN:
            self.send(ERROR, request, struct.pack("<H", 8))
        elif kind == GO_AWAY or (kind == ERROR and request == 0):
            raise EOFError

    def give(self, request, payload):
        first, count = struct.unpack_from("<IH", payload, 16)
        for index in range(first, first + count):
            if payload[:16] != self.held.file or index not in self.held.chunks:
                self.send(NOT_FOUND, request, struct.pack("<I", index))
                return
            chunk = self.held.chunks[index]
            for offset in range(0, len(chunk), 4096):
                piece = chunk[offset:offset + 4096]
                fields = struct.pack("<IHHBB", index, offset, len(chunk), PEERS, 0)
                self.send(CHUNK_DATA, request, fields + piece)
            self.served += 1

    def serve(self):
        try:
            self.line.settimeout(None)
            while True:
                self.handle(*self.receive())
        except (EOFError, OSError):
            self.line.close()


def login_request(access_point, me, name, password):
    challenge = access_point.call(
        "GetLoginChallenge", access_point.make("GetLoginChallengeRequest"), "LoginChallenge").challenge
    proof = me.sign(b"spotifycore login 1\0" + challenge + name.encode())
    return access_point.make(
        "LoginRequest", name=name, password=password, peer_key=me.public, challenge=challenge, proof=proof)


def log_in(access_point, me, name, password):
    reply = access_point.call("Login", login_request(access_point, me, name, password), "LoginReply")
    access_point.metadata = (("authorization", f"Bearer {reply.session}"),)
    keys = {key.id: serialization.load_der_public_key(key.public_key) for key in reply.keys.keys}
    return reply.ticket.ticket, keys


def fetch_from_node(opened, me, ticket, keys):
    track = Track(opened)
    connection = Connection(opened.nodes[0], me, ticket, keys, track)
    tiers = set()
    for first in range(0, track.count, 64):
        tiers |= connection.fetch(track, first, min(64, track.count - first))
    say(source="node", role=connection.role, tiers=sorted(tiers), bytes=track.length,
        plain=track.unsealed()[:4].decode(), sha256=hashlib.sha256(b"".join(track.chunks.values())).hexdigest())
    return track


def fetch_from_peer(opened, me, ticket, keys):
    track = Track(opened)
    connection = Connection(opened.peers[0], me, ticket, keys, track)
    too_early = connection.fetch(track, 0, 1)
    holds = connection.holds(track.file)
    tiers = set()
    for first in range(0, track.count, 8):
        tiers |= connection.fetch(track, first, min(8, track.count - first))
    say(source="peer", role=connection.role, refused=too_early, holds=holds, tiers=sorted(tiers),
        sha256=hashlib.sha256(b"".join(track.chunks.values())).hexdigest())
    connection.send(GO_AWAY, 0, struct.pack("<H", 24))
    connection.line.close()


def be_found(access_point, me, ticket, keys, track):
    """Holds the track for others, who can't connect here and ask for a connection."""
    notices = queue.Queue()
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    notices.put(access_point.make("ClientNotice", online={"listen_port": bound.getsockname()[1]}))
    notices.put(access_point.make("ClientNotice", held={"file": track.file}))
    stream = access_point.session(iter(notices.get, None))
    connections = []

    def listen():
        for notice in stream:
            what = notice.WhichOneof("notice")
            if what == "welcome":
                say(source="online", seen=notice.welcome.seen_host)
            if what == "reverse":
                connection = Connection(notice.reverse.peer, me, ticket, keys, track)
                connections.append(connection)
                threading.Thread(target=connection.serve, daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    sys.stdin.read()
    notices.put(None)
    say(source="served", connections=len(connections), chunks=sum(c.served for c in connections))


def main(descriptor, target, name, track_id):
    access_point, me = AccessPoint(descriptor, target), Identity()
    ticket, keys = log_in(access_point, me, name, os.environ["SPOTIFYCORE_PASSWORD"])
    assert is_valid(ticket, me.id, keys)
    request = access_point.make("OpenTrackRequest", track=track_id, reason=1)
    opened = access_point.call("OpenTrack", request, "OpenedTrack")
    track = fetch_from_node(opened, me, ticket, keys)
    fetch_from_peer(opened, me, ticket, keys)
    be_found(access_point, me, ticket, keys, track)


if __name__ == "__main__":
    main(*sys.argv[1:])
