// How 16 KiB of a file are asked for: by the chunk protocol's frames, of a web server, of memcached.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "frames.h"
#include "load.h"

uint8_t file_id[16];

static size_t frames_greeting(uint8_t *to, size_t *answer) {
    put_hello(to);
    *answer = FRAME_HEADER + REPLY_FIELDS;
    return FRAME_HEADER + HELLO_FIELDS;
}

static size_t frames_request(uint8_t *to, uint32_t chunk) {
    put_request(to, 0, file_id, chunk);
    return REQUEST_FRAME;
}

static void frames_number(uint8_t *request, uint32_t number) {
    put32(request + 6, number);
}

static ptrdiff_t frames_reply(const uint8_t *from, size_t length, uint32_t *chunk, size_t *bytes) {
    if (length < DATA_HEAD)
        return 0;
    if (get16(from + 4) != CHUNK_DATA || get32(from) != DATA_FIELDS + CHUNK || get16(from + FRAME_HEADER + 4) != 0)
        return -1;

    *chunk = get32(from + FRAME_HEADER);
    *bytes = DATA_HEAD;
    return length < DATA_HEAD + CHUNK ? 0 : DATA_HEAD + CHUNK;
}

static size_t http_request(uint8_t *to, uint32_t chunk) {
    uint64_t first = (uint64_t)chunk * CHUNK;
    return snprintf((char *)to, REQUEST_ROOM, "GET /data HTTP/1.1\r\nHost: load\r\nRange: bytes=%08lu-%08lu\r\n\r\n",
        first, first + CHUNK - 1);
}

static ptrdiff_t http_reply(const uint8_t *from, size_t length, uint32_t *chunk, size_t *bytes) {
    const char *end = memmem(from, length, "\r\n\r\n", 4), *range;
    if (end == NULL)
        return length > 4096 ? -1 : 0;

    size_t head = end + 4 - (const char *)from;
    range = memmem(from, head, "Content-Range: bytes ", 21);
    if (memcmp(from, "HTTP/1.1 206 ", 13) != 0 || range == NULL)
        return -1;

    *chunk = strtoul(range + 21, NULL, 10) / CHUNK;
    *bytes = head;
    return length < head + CHUNK ? 0 : (ptrdiff_t)head + CHUNK;
}

static size_t memcached_request(uint8_t *to, uint32_t chunk) {
    return snprintf((char *)to, REQUEST_ROOM, "get c%07u\r\n", chunk);
}

static ptrdiff_t memcached_reply(const uint8_t *from, size_t length, uint32_t *chunk, size_t *bytes) {
    static const char tail[] = "\r\nEND\r\n";
    const uint8_t *end = memchr(from, '\n', length);
    if (end == NULL)
        return length > 64 ? -1 : 0;
    if (sscanf((const char *)from, "VALUE c%u 0 16384\r\n", chunk) != 1)
        return -1;

    *bytes = end + 1 - from;
    size_t whole = *bytes + CHUNK + strlen(tail);
    if (length < whole)
        return 0;
    return memcmp(from + whole - strlen(tail), tail, strlen(tail)) == 0 ? (ptrdiff_t)whole : -1;
}

static const struct protocol protocols[] = {
    {"frames", frames_request, frames_number, frames_reply, frames_greeting},
    {"http", http_request, NULL, http_reply, NULL},
    {"memcached", memcached_request, NULL, memcached_reply, NULL},
};

const struct protocol *find_protocol(const char *name) {
    for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++)
        if (strcmp(protocols[i].name, name) == 0)
            return &protocols[i];
    return NULL;
}
