"""Guesses an account's password from another address as fast as it can: guesser.py ACCOUNT ADDRESS, until standard
input ends."""
import collections
import json
import sys
import threading

import grpc
import peer
from listener import Listener
from relay import Relay
from stage import Stage, until_told

AT_ONCE = 16


def main(account, address):
    stage = Stage()
    target = Relay(stage.port(), address).target
    answers, ending = collections.Counter(), until_told()

    def guess(number):
        client = Listener(stage, account, target)
        while not ending.is_set():
            try:
                request = peer.login_request(client.access_point, client.me, account, f"guess {number}")
                client.access_point.call("Login", request, "LoginReply")
                answers["let in"] += 1
            except grpc.RpcError as refused:
                answers[refused.code().name] += 1

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(answers))


main(*sys.argv[1:])
