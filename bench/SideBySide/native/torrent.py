#!/usr/bin/python3
"""libtorrent's sides of peer-transfer: one process gives a folder to another, over TCP on loopback.

    torrent.py seed FOLDER TORRENT PORT             makes the torrent, serves it, and says "ready"
    torrent.py leech FOLDER TORRENT PORT plain|rc4  fetches it anew for each line that it reads; says in how many seconds
                                                    all was here, each piece checked, and on the disk

What is not needed between two processes of one machine is off (DHT, local discovery, port mapping), uTP too, which is
slower there; there is no limit on anything, and buffers and queues are as libtorrent's own preset for fast lines has them.
"""
import os
import shutil
import sys
import time

import libtorrent as lt

PIECE = 1 << 20


def start(port, encryption):
    settings = lt.high_performance_seed()
    settings.update({
        'listen_interfaces': f'127.0.0.1:{port}',
        'enable_dht': False, 'enable_lsd': False, 'enable_upnp': False, 'enable_natpmp': False,
        'enable_incoming_utp': False, 'enable_outgoing_utp': False,
        'allow_multiple_connections_per_ip': True,
        'download_rate_limit': 0, 'upload_rate_limit': 0,
        'hashing_threads': 2,
        'alert_mask': lt.alert.category_t.status_notification | lt.alert.category_t.error_notification
        | lt.alert.category_t.storage_notification,
    })
    policy, level = {
        'both': (lt.enc_policy.pe_enabled, lt.enc_level.both),
        'plain': (lt.enc_policy.pe_disabled, lt.enc_level.plaintext),
        'rc4': (lt.enc_policy.pe_forced, lt.enc_level.rc4),
    }[encryption]
    settings.update({'in_enc_policy': int(policy), 'out_enc_policy': int(policy), 'allowed_enc_level': int(level)})
    return lt.session(settings)


def wait_for(session, *kinds):
    while True:
        session.wait_for_alert(1000)
        for alert in session.pop_alerts():
            if isinstance(alert, kinds):
                return alert
            if isinstance(alert, (lt.torrent_error_alert, lt.file_error_alert, lt.peer_disconnected_alert)):
                print(alert.message(), file=sys.stderr)


def seed(folder, torrent, port):
    files = lt.file_storage()
    lt.add_files(files, folder)
    made = lt.create_torrent(files, PIECE, flags=lt.create_torrent.v1_only)
    lt.set_piece_hashes(made, os.path.dirname(os.path.abspath(folder)))
    with open(torrent, 'wb') as file:
        file.write(lt.bencode(made.generate()))

    session = start(port, 'both')
    session.add_torrent({
        'ti': lt.torrent_info(torrent), 'save_path': os.path.dirname(os.path.abspath(folder)),
        'flags': lt.torrent_flags.seed_mode,
    })
    print('ready', flush=True)
    while True:
        time.sleep(60)


def leech(folder, torrent, port, encryption):
    session = start(0, encryption)
    info = lt.torrent_info(torrent)
    print('ready', flush=True)
    for _ in sys.stdin:
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        began = time.monotonic()
        handle = session.add_torrent({'ti': info, 'save_path': folder, 'flags': lt.torrent_flags.apply_ip_filter})
        handle.connect_peer(('127.0.0.1', int(port)))
        wait_for(session, lt.torrent_finished_alert)
        handle.flush_cache()
        wait_for(session, lt.cache_flushed_alert)
        sync(folder)
        print(time.monotonic() - began, flush=True)
        session.remove_torrent(handle)
        wait_for(session, lt.torrent_removed_alert)


def sync(folder):
    for path, _, names in os.walk(folder):
        for name in [*names, '.']:
            opened = os.open(os.path.join(path, name), os.O_RDONLY)
            os.fsync(opened)
            os.close(opened)


if __name__ == '__main__':
    {'seed': seed, 'leech': leech}[sys.argv[1]](*sys.argv[2:])
