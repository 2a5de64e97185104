// The bare server: the chunk protocol's frames out of a mapped file, by epoll on one thread, on loopback; plain, or TLS
// 1.3 by OpenSSL when there is a key. No tickets, limits, priorities, timers or tiers: what the frames alone cost.
//
//   server DATA [KEY CERTIFICATE]      prints the port it listens on
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include "frames.h"

enum { IN_BYTES = 64 * 1024, ANSWERS = 4096, GATHERED = 32, SEALED_AT_ONCE = 8, EVENTS = 64 };

// A frame that is to be sent: a chunk, or one without.
struct answer {
    uint16_t kind;
    uint32_t request, chunk;
};

// A connection: bytes that make no whole frame yet, and a ring of what was asked for. Over TLS, records go out of
// memory, and what was asked for is gone from the ring once it is sealed.
struct connection {
    int socket, filled, waits;
    uint32_t first, count;
    size_t sent; // of the first answer, or of the records in memory
    SSL *tls;    // NULL when plain
    struct answer answers[ANSWERS];
    uint8_t in[IN_BYTES];
};

static SSL_CTX *context;
static const uint8_t *data;
static uint32_t chunks;
static int poller;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void drop(struct connection *c) {
    SSL_free(c->tls);
    close(c->socket);
    free(c);
}

static size_t body_of(struct answer answer) { return answer.kind == CHUNK_DATA ? CHUNK : 0; }

// Writes what stands before the body; returns its length, which is at most that before a chunk.
static size_t put_head(uint8_t *to, struct answer answer) {
    switch (answer.kind) {
    case HELLO_REPLY:
        put_hello_reply(to);
        return FRAME_HEADER + REPLY_FIELDS;
    case PONG:
        put_header(to, 0, PONG, answer.request);
        return FRAME_HEADER;
    default:
        put_data_head(to, answer.request, answer.chunk);
        return DATA_HEAD;
    }
}

// All answers go one behind the other: a small one that went ahead would land within a chunk that is half sent.
static int add(struct connection *c, struct answer answer) {
    if (c->count == ANSWERS)
        return 0;

    c->answers[(c->first + c->count++) % ANSWERS] = answer;
    return 1;
}

static int take_request(struct connection *c, uint32_t request, const uint8_t *fields) {
    uint32_t chunk = get32(fields + 16), count = get16(fields + 20);
    if (count == 0 || chunk + count > chunks)
        return 0;

    for (uint32_t i = 0; i < count; i++)
        if (!add(c, (struct answer){CHUNK_DATA, request, chunk + i}))
            return 0;
    return 1;
}

static int take_frame(struct connection *c, uint16_t kind, uint32_t request, const uint8_t *fields, uint32_t length) {
    switch (kind) {
    case HELLO:
        return add(c, (struct answer){HELLO_REPLY, 0, 0});
    case PING:
        return add(c, (struct answer){PONG, request, 0});
    case CHUNK_REQUEST:
        return length == REQUEST_FIELDS && take_request(c, request, fields);
    default:
        return 0;
    }
}

// Takes the whole frames out of what has come.
static int take_frames(struct connection *c) {
    int at = 0;
    while (c->filled - at >= FRAME_HEADER) {
        uint32_t length = get32(c->in + at);
        if (length > CHUNK + 64)
            return 0;
        if (c->filled - at < FRAME_HEADER + (int)length)
            break;
        if (!take_frame(c, get16(c->in + at + 4), get32(c->in + at + 6), c->in + at + FRAME_HEADER, length))
            return 0;
        at += FRAME_HEADER + length;
    }
    memmove(c->in, c->in + at, c->filled -= at);
    return 1;
}

// Takes what is here; false when the connection is over.
static int receive(struct connection *c) {
    if (c->tls == NULL) {
        ssize_t got = recv(c->socket, c->in + c->filled, IN_BYTES - c->filled, 0);
        c->filled += got > 0 ? got : 0;
        return got > 0 ? take_frames(c) : got < 0 && errno == EAGAIN;
    }

    // All of it: what OpenSSL has read already makes no socket readable.
    int got;
    while ((got = SSL_read(c->tls, c->in + c->filled, IN_BYTES - c->filled)) > 0) {
        c->filled += got;
        if (!take_frames(c))
            return 0;
    }
    return SSL_get_error(c->tls, got) == SSL_ERROR_WANT_READ;
}

static void wait_for(struct connection *c, int waits) {
    if (c->waits == waits)
        return;

    c->waits = waits;
    struct epoll_event event = {.events = waits ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.ptr = c};
    epoll_ctl(poller, EPOLL_CTL_MOD, c->socket, &event);
}

// What a send of 0 or fewer bytes means: to wait for room, or false when the connection is over.
static int wait_for_room(struct connection *c) {
    if (errno != EAGAIN)
        return 0;

    wait_for(c, 1);
    return 1;
}

// The next answers as heads and bodies, less what was sent of the first.
static int gather(struct connection *c, uint8_t heads[][DATA_HEAD], struct iovec *parts) {
    int used = 0;
    size_t skipped = c->sent;
    for (uint32_t i = 0; i < c->count && i < GATHERED; i++) {
        struct answer answer = c->answers[(c->first + i) % ANSWERS];
        size_t length = put_head(heads[i], answer), body = body_of(answer), head = skipped < length ? skipped : length;
        if (head < length)
            parts[used++] = (struct iovec){heads[i] + head, length - head};
        if (body > 0)
            parts[used++] = (struct iovec){
                (void *)(data + (size_t)answer.chunk * CHUNK + (skipped - head)), body - (skipped - head)};
        skipped = 0;
    }
    return used;
}

// Forgets the answers that are sent whole.
static void advance(struct connection *c, size_t sent) {
    uint8_t head[DATA_HEAD];
    for (sent += c->sent; c->count > 0; c->count--) {
        struct answer answer = c->answers[c->first];
        size_t length = put_head(head, answer) + body_of(answer);
        if (sent < length)
            break;
        sent -= length;
        c->first = (c->first + 1) % ANSWERS;
    }
    c->sent = sent;
}

static int flush_plain(struct connection *c) {
    uint8_t heads[GATHERED][DATA_HEAD];
    struct iovec parts[2 * GATHERED];
    while (c->count > 0) {
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = gather(c, heads, parts)};
        ssize_t sent = sendmsg(c->socket, &message, MSG_NOSIGNAL);
        if (sent < 0)
            return wait_for_room(c);
        advance(c, sent);
    }
    wait_for(c, 0);
    return 1;
}

// Seals some answers into records in memory; false when there are none.
static int seal(struct connection *c) {
    static uint8_t plain[SEALED_AT_ONCE * (DATA_HEAD + CHUNK)];
    size_t length = 0;
    for (int i = 0; i < SEALED_AT_ONCE && c->count > 0; i++, c->count--) {
        struct answer answer = c->answers[c->first];
        length += put_head(plain + length, answer);
        memcpy(plain + length, data + (size_t)answer.chunk * CHUNK, body_of(answer));
        length += body_of(answer);
        c->first = (c->first + 1) % ANSWERS;
    }
    return length > 0 && SSL_write(c->tls, plain, length) == (int)length;
}

// Sends the records in memory, those of the handshake too, and makes more of what was asked for.
static int flush_tls(struct connection *c) {
    BIO *records = SSL_get_wbio(c->tls);
    for (;;) {
        char *bytes;
        size_t length = BIO_get_mem_data(records, &bytes);
        if (c->sent == length) {
            BIO_reset(records);
            c->sent = 0;
            if (!seal(c))
                break;
            continue;
        }
        ssize_t sent = send(c->socket, bytes + c->sent, length - c->sent, MSG_NOSIGNAL);
        if (sent < 0)
            return wait_for_room(c);
        c->sent += sent;
    }
    wait_for(c, 0);
    return 1;
}

static int flush(struct connection *c) { return c->tls == NULL ? flush_plain(c) : flush_tls(c); }

static void use_tls(const char *key, const char *certificate) {
    context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_read_ahead(context, 1);
    if (SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1
        || SSL_CTX_use_certificate_file(context, certificate, SSL_FILETYPE_PEM) != 1)
        fail(key);
}

static SSL *open_tls(int socket) {
    SSL *tls = SSL_new(context);
    SSL_set_bio(tls, BIO_new_socket(socket, BIO_NOCLOSE), BIO_new(BIO_s_mem()));
    SSL_set_accept_state(tls);
    return tls;
}

static void greet(int listener) {
    int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), on = 1;
    struct connection *c = socket < 0 ? NULL : calloc(1, sizeof *c);
    if (c == NULL)
        return;

    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    c->socket = socket;
    c->tls = context == NULL ? NULL : open_tls(socket);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event);
}

static void map_data(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0)
        fail(path);

    data = mmap(NULL, about.st_size, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
    if (data == MAP_FAILED)
        fail("mmap");
    chunks = about.st_size / CHUNK;
}

static int listen_on_loopback(void) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 128) != 0
        || getsockname(listener, (struct sockaddr *)&address, &length) != 0)
        fail("listen");

    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

int main(int count, char **arguments) {
    if (count != 2 && count != 4) {
        fputs("usage: server DATA [KEY CERTIFICATE]\n", stderr);
        return 2;
    }

    map_data(arguments[1]);
    if (count == 4)
        use_tls(arguments[2], arguments[3]);
    poller = epoll_create1(EPOLL_CLOEXEC);
    int listener = listen_on_loopback();
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[EVENTS];
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            struct connection *c = events[i].data.ptr;
            if (c == NULL)
                greet(listener);
            else if ((!(events[i].events & ~EPOLLOUT) || receive(c)) && flush(c))
                continue;
            else
                drop(c);
        }
    }
}
