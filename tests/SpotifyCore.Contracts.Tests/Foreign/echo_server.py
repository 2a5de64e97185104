"""The Echo service in grpcio: echo_server.py DESCRIPTOR ADDRESS [KEY CERTIFICATE]. Prints the port it got."""
import sys
import threading
from concurrent import futures

import grpc

from echo_messages import load

Request, Reply = load(sys.argv[1])
FAIL_DETAIL = 'nothing called "ñ" – 100 %\nfound %41'
hanging = threading.Semaphore(0)
cancelled = threading.Semaphore(0)


def echo(request):
    return Reply(text=request.text, data=request.data, number=request.count)


def fail(context):
    context.set_trailing_metadata((("reason", "because"), ("detail-bin", bytes([0, 1, 254, 255]))))
    context.abort(grpc.StatusCode.NOT_FOUND, FAIL_DETAIL)


def idle(context):
    gone = threading.Event()
    if context.add_callback(gone.set):
        gone.wait()


def hang(context):
    idle(context)
    cancelled.release()


def echo_metadata(context):
    sent = dict(context.invocation_metadata())
    context.send_initial_metadata((("x-text", sent["x-text"]), ("x-data-bin", sent["x-data-bin"])))
    context.set_trailing_metadata((("y-text", sent["x-text"]), ("y-data-bin", sent["x-data-bin"])))


def say(request, context):
    if request.text == "fail":
        fail(context)
    if request.text == "crash":
        raise ValueError("secret")
    if request.text == "hang":
        hanging.release()
        hang(context)
    if request.text == "idle":
        idle(context)
    if request.text == "await hanging":
        hanging.acquire()
    if request.text == "await cancelled":
        cancelled.acquire()
    if request.text == "metadata":
        echo_metadata(context)
    if request.text == "deadline":
        return Reply(number=int((context.time_remaining() or 0) * 1000))
    if request.text == "data":
        return Reply(data=bytes(request.count))
    return echo(request)


def count(request, context):
    for i in range(request.count):
        yield Reply(text=request.text, data=request.data, number=i)
    if request.text == "fail":
        fail(context)
    if request.text == "hang":
        hang(context)
    if request.text == "idle":
        idle(context)


def collect(requests, context):
    reply = Reply()
    for request in requests:
        if request.text == "fail":
            fail(context)
        reply.text += request.text
        reply.number += 1
    return reply


def chat(requests, context):
    context.send_initial_metadata(())
    held = False
    try:
        for request in requests:
            held = held or request.text == "hold"
            if request.text == "bye":
                break
            if request.text == "fail":
                fail(context)
            yield echo(request)
    finally:
        # A reset may look like an orderly end to the reader here, but only a reset ends the call.
        if held:
            hang(context)


def serve(address, key=None, certificate=None):
    shape = dict(request_deserializer=Request.FromString, response_serializer=Reply.SerializeToString)
    handlers = {
        "Say": grpc.unary_unary_rpc_method_handler(say, **shape),
        "Count": grpc.unary_stream_rpc_method_handler(count, **shape),
        "Collect": grpc.stream_unary_rpc_method_handler(collect, **shape),
        "Chat": grpc.stream_stream_rpc_method_handler(chat, **shape),
    }
    limits = [(f"grpc.max_{way}_message_length", 16 << 20) for way in ("send", "receive")]
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=32), options=limits)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("spotifycore.tests.v1.Echo", handlers),))
    if key:
        pair = [(open(key, "rb").read(), open(certificate, "rb").read())]
        port = server.add_secure_port(address, grpc.ssl_server_credentials(pair))
    else:
        port = server.add_insecure_port(address)
    server.start()
    print(port, flush=True)
    server.wait_for_termination()


serve(*sys.argv[2:])
