// The frames of the chunk protocol that a fetch needs (engine/SpotifyCore.Protocol/README.md), for the load generator
// and the bare server. The machine is little-endian, as the wire is.
#ifndef FRAMES_H
#define FRAMES_H

#include <stdint.h>
#include <string.h>

enum { CHUNK = 16384, FRAME_HEADER = 10, HELLO_FIELDS = 14, REPLY_FIELDS = 8, REQUEST_FIELDS = 28, DATA_FIELDS = 10 };
enum { HELLO = 1, HELLO_REPLY = 2, PING = 5, PONG = 6, CHUNK_REQUEST = 14, CHUNK_DATA = 15 };
enum { REQUEST_FRAME = FRAME_HEADER + REQUEST_FIELDS, DATA_HEAD = FRAME_HEADER + DATA_FIELDS };

static inline uint16_t get16(const uint8_t *from) { uint16_t value; memcpy(&value, from, 2); return value; }
static inline uint32_t get32(const uint8_t *from) { uint32_t value; memcpy(&value, from, 4); return value; }
static inline void put16(uint8_t *to, uint16_t value) { memcpy(to, &value, 2); }
static inline void put32(uint8_t *to, uint32_t value) { memcpy(to, &value, 4); }

static inline void put_header(uint8_t *to, uint32_t payload, uint16_t kind, uint32_t request) {
    put32(to, payload);
    put16(to + 4, kind);
    put32(to + 6, request);
}

static inline void put_hello(uint8_t *to) {
    memset(to, 0, FRAME_HEADER + HELLO_FIELDS);
    put_header(to, HELLO_FIELDS, HELLO, 0);
    memcpy(to + FRAME_HEADER, "SCP1", 4);
    put16(to + FRAME_HEADER + 4, 1);
    put16(to + FRAME_HEADER + 6, 3);
    to[FRAME_HEADER + 8] = 2;
    put16(to + FRAME_HEADER + 12, 64);
}

static inline void put_hello_reply(uint8_t *to) {
    memset(to, 0, FRAME_HEADER + REPLY_FIELDS);
    put_header(to, REPLY_FIELDS, HELLO_REPLY, 0);
    put16(to + FRAME_HEADER, 3);
    to[FRAME_HEADER + 2] = 2;
    put16(to + FRAME_HEADER + 6, 64);
}

// One chunk, by whatever tier, at the priority of what plays.
static inline void put_request(uint8_t *to, uint32_t request, const uint8_t file[16], uint32_t chunk) {
    memset(to, 0, REQUEST_FRAME);
    put_header(to, REQUEST_FIELDS, CHUNK_REQUEST, request);
    memcpy(to + FRAME_HEADER, file, 16);
    put32(to + FRAME_HEADER + 16, chunk);
    put16(to + FRAME_HEADER + 20, 1);
}

// What stands before a whole chunk's bytes; production sent it.
static inline void put_data_head(uint8_t *to, uint32_t request, uint32_t chunk) {
    put_header(to, DATA_FIELDS + CHUNK, CHUNK_DATA, request);
    put32(to + FRAME_HEADER, chunk);
    put16(to + FRAME_HEADER + 4, 0);
    put16(to + FRAME_HEADER + 6, CHUNK);
    to[FRAME_HEADER + 8] = 3;
    to[FRAME_HEADER + 9] = 0;
}

#endif
