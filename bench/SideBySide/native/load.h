// The parts of the load generator.
#ifndef LOAD_H
#define LOAD_H

#include <openssl/ssl.h>
#include <stddef.h>
#include <stdint.h>

// A protocol that gives 16 KiB of the file by its number: requests of one length, replies of one length.
struct protocol {
    const char *name;

    // Writes the request for a chunk; returns its length, the same for all.
    size_t (*request)(uint8_t *to, uint32_t chunk);

    // Marks a request that is about to be sent as the connection's number-th.
    void (*number)(uint8_t *request, uint32_t number);

    // The length of the whole reply at the front, 0 while it is incomplete, -1 when it is no such reply; says which
    // chunk it is and where its bytes begin.
    ptrdiff_t (*reply)(const uint8_t *from, size_t length, uint32_t *chunk, size_t *bytes);

    // What is sent when a connection opens, and the length of what answers it; none when NULL.
    size_t (*greeting)(uint8_t *to, size_t *answer);
};

enum { REQUEST_ROOM = 256 };

// The file id that frames name, in 16 bytes.
extern uint8_t file_id[16];

const struct protocol *find_protocol(const char *name);

// One connection to the server on loopback, plain or TLS.
struct channel {
    int socket;
    SSL *tls; // NULL when plain
    size_t record_head, record_left;
    uint8_t record[5];
};

void use_tls(const char *key_file);
void channel_open(struct channel *channel, int port, int is_tls);
void channel_close(struct channel *channel);

// Sends all of it or ends the program: requests are small beside any send buffer.
void channel_send(struct channel *channel, const void *bytes, size_t length);

// Copies what has come, at least a byte; 0 when nothing is here. Ends the program when the connection is over.
size_t channel_read(struct channel *channel, void *into, size_t room);

// Counts the bytes that have come, without looking at them: they are dropped in the kernel, or with TLS taken and not
// decrypted. After it channel_read is of no use any more. With copies the bytes are taken in plain too.
size_t channel_count(struct channel *channel, int copies);

void fail(const char *what);

#endif
