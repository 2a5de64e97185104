"""Calls the Echo service by grpcio: echo_client.py DESCRIPTOR TARGET [CERTIFICATE].

Prints a line of JSON for each scenario: its name and what the client saw.
"""
import json
import sys
import threading

import grpc

from echo_messages import load

PATIENCE = 60
Request, Reply = load(sys.argv[1])
limits = [(f"grpc.max_{way}_message_length", 64 << 20) for way in ("send", "receive")]
if len(sys.argv) > 3:
    trusted = grpc.ssl_channel_credentials(open(sys.argv[3], "rb").read())
    channel = grpc.secure_channel(sys.argv[2], trusted, options=limits)
else:
    channel = grpc.insecure_channel(sys.argv[2], options=limits)


def method(kind, name, service="Echo"):
    make = getattr(channel, kind)
    return make(f"/spotifycore.tests.v1.{service}/{name}", Request.SerializeToString, Reply.FromString)


say = method("unary_unary", "Say")
count = method("unary_stream", "Count")
collect = method("stream_unary", "Collect")
chat = method("stream_stream", "Chat")


def entries(metadata):
    return {name: value.hex() if name.endswith("-bin") else value for name, value in metadata}


def result(call):
    call.result()


def drained(call):
    for _ in call:
        pass


def ended(call, wait=drained):
    """How a call ended; one with a single reply is waited for by its result."""
    try:
        wait(call)
    except grpc.RpcError as error:
        return {"code": error.code().name, "detail": error.details(), "trailers": entries(error.trailing_metadata())}
    except grpc.FutureCancelledError:
        return {"code": "CANCELLED"}
    return {"code": "OK"}


def server_heard():
    say(Request(text="await cancelled"), timeout=PATIENCE)
    return True


def unary():
    return {"text": say(Request(text="åäö", count=7), timeout=PATIENCE).text}


def empty():
    return {"bytes": say(Request(), timeout=PATIENCE).ByteSize()}


def big():
    data = bytes(range(256)) * 40000
    return {"same": say(Request(data=data), timeout=PATIENCE).data == data}


def over_limit():
    return ended(say.future(Request(data=bytes((16 << 20) + 1)), timeout=PATIENCE), result)


def failure():
    return ended(say.future(Request(text="fail"), timeout=PATIENCE), result)


def crash():
    return ended(say.future(Request(text="crash"), timeout=PATIENCE), result)


def metadata():
    sent = (("x-text", "a b, c=d"), ("x-data-bin", bytes([0, 255, 44, 13, 10])))
    _, call = say.with_call(Request(text="metadata"), metadata=sent, timeout=PATIENCE)
    return {"headers": entries(call.initial_metadata()), "trailers": entries(call.trailing_metadata())}


def deadline_told():
    return {"left": say(Request(text="deadline"), timeout=PATIENCE).number}


def no_deadline():
    return {"left": say(Request(text="deadline")).number}


def deadline():
    call = say.future(Request(text="hang"), timeout=5)
    say(Request(text="await hanging"), timeout=PATIENCE)
    return ended(call, result) | {"heard": server_heard()}


def cancel():
    call = count(Request(text="hang", count=2), timeout=PATIENCE)
    next(call), next(call)
    call.cancel()
    return ended(call) | {"heard": server_heard()}


def cancel_duplex():
    done = threading.Event()

    def requests():
        yield Request()
        done.wait()

    call = chat(requests(), timeout=PATIENCE)
    next(call)
    call.cancel()
    seen = ended(call) | {"heard": server_heard()}
    done.set()
    return seen


def unknown_method():
    return ended(method("unary_unary", "Shout").future(Request(), timeout=PATIENCE), result)


def unknown_service():
    return ended(method("unary_unary", "Say", "Missing").future(Request(), timeout=PATIENCE), result)


def compressed():
    text = "compressible " * 1000
    return ended(say.future(Request(text=text), compression=grpc.Compression.Gzip, timeout=PATIENCE), result)


def server_streaming():
    return {"numbers": [reply.number for reply in count(Request(count=1000), timeout=PATIENCE)]}


def server_streaming_big():
    replies = count(Request(count=100, data=bytes(100000)), timeout=PATIENCE)
    return {"bytes": sum(len(reply.data) for reply in replies)}


def server_streaming_failure():
    call = count(Request(text="fail", count=3), timeout=PATIENCE)
    numbers = [next(call).number for _ in range(3)]
    return ended(call) | {"numbers": numbers}


def client_streaming():
    reply = collect((Request(text=text) for text in ("one ", "two ", "three")), timeout=PATIENCE)
    return {"text": reply.text, "number": reply.number}


def client_streaming_nothing():
    return {"number": collect(iter(()), timeout=PATIENCE).number}


def client_streaming_failure():
    return ended(collect.future((Request(text="fail") for _ in range(1000)), timeout=PATIENCE), result)


def duplex():
    turn = threading.Semaphore(1)

    def requests():
        for i in range(50):
            turn.acquire()
            yield Request(count=i)

    numbers = []
    for reply in chat(requests(), timeout=PATIENCE):
        numbers.append(reply.number)
        turn.release()
    return {"numbers": numbers}


def duplex_headers_first():
    done = threading.Event()
    call = chat(iter(lambda: done.wait() and None, None), timeout=PATIENCE)
    call.initial_metadata()
    done.set()
    return ended(call)


def duplex_server_ends():
    return ended(chat(iter([Request(text="a"), Request(text="bye")] + [Request()] * 100), timeout=PATIENCE))


for scenario in (
    unary, empty, big, over_limit, failure, crash, metadata, deadline_told, no_deadline, deadline, cancel,
    cancel_duplex, unknown_method, unknown_service, compressed, server_streaming, server_streaming_big,
    server_streaming_failure, client_streaming, client_streaming_nothing, client_streaming_failure, duplex,
    duplex_headers_first, duplex_server_ends,
):
    print(json.dumps({"scenario": scenario.__name__, **scenario()}), flush=True)
