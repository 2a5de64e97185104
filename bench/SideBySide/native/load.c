// The load generator: asks one server for 16 KiB chunks at random over some connections, each with so many requests in
// flight, one thread, by epoll. The same for every server, so that its own cost does not decide: it looks at each reply
// until it has seen that they are right, and then only counts their bytes.
//
//   load PROTOCOL PORT DATA --connections N --depth N --seconds S
//        [--file HEX] [--key PEM] [--server PID] [--first N] [--copy]     measures; prints replies, the seconds they
//                                       took, and the CPU seconds of the server and of the generator
//   load PROTOCOL PORT DATA --check ...                                   asks for each chunk once, compares its bytes
//   load memcached PORT DATA --fill                                       stores each chunk
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include "frames.h"
#include "load.h"

enum { MOST_DEPTH = 64, IN_BYTES = 256 * 1024, EVENTS = 64 };

static const double warm_up_seconds = 0.05, patience = 20;

struct connection {
    struct channel channel;
    uint32_t asked, in_flight;
    size_t filled, counted;
    uint8_t in[IN_BYTES];
};

static struct {
    const struct protocol *protocol;
    int port, connections, depth, copies;
    const char *key;
    double seconds;
    pid_t server;
} plan = {.connections = 1, .depth = 1, .seconds = 1};

static const uint8_t *data;
static uint32_t first_chunk, chunks, random_state = 1, walk;
static uint8_t (*requests)[REQUEST_ROOM];
static size_t request_length, reply_length;
static struct connection *connections;
static int poller, is_walking;

void fail(const char *what) {
    fprintf(stderr, "load: %s%s%s\n", what, errno == 0 ? "" : ": ", errno == 0 ? "" : strerror(errno));
    exit(1);
}

static double clock_seconds(clockid_t clock) {
    struct timespec now;
    if (clock_gettime(clock, &now) != 0)
        fail("clock_gettime");
    return now.tv_sec + now.tv_nsec / 1e9;
}

static double now(void) { return clock_seconds(CLOCK_MONOTONIC); }

static double server_seconds(void) {
    clockid_t clock;
    if (plan.server == 0)
        return 0;
    if (clock_getcpuclockid(plan.server, &clock) != 0)
        fail("the server's clock");
    return clock_seconds(clock);
}

static uint32_t next_chunk(void) {
    if (is_walking)
        return first_chunk + walk++ % (chunks - first_chunk);

    random_state = random_state * 1664525 + 1013904223;
    return first_chunk + (uint32_t)((uint64_t)random_state * (chunks - first_chunk) >> 32);
}

static void ask(struct connection *c, uint32_t count) {
    uint8_t out[MOST_DEPTH * REQUEST_ROOM];
    if (count == 0)
        return;

    for (uint32_t i = 0; i < count; i++) {
        uint8_t *request = out + i * request_length;
        memcpy(request, requests[next_chunk()], request_length);
        if (plan.protocol->number != NULL)
            plan.protocol->number(request, ++c->asked);
    }
    c->in_flight += count;
    channel_send(&c->channel, out, count * request_length);
}

static void prepare_requests(void) {
    requests = malloc((size_t)chunks * REQUEST_ROOM);
    for (uint32_t i = first_chunk; i < chunks; i++) {
        size_t length = plan.protocol->request(requests[i], i);
        if (request_length != 0 && length != request_length)
            fail("requests of several lengths");
        request_length = length;
    }
}

static void receive_some(struct connection *c, size_t wanted) {
    struct pollfd readable = {.fd = c->channel.socket, .events = POLLIN};
    double begun = now();
    while (c->filled < wanted) {
        c->filled += channel_read(&c->channel, c->in + c->filled, wanted - c->filled);
        if (c->filled < wanted)
            poll(&readable, 1, 100);
        if (now() - begun > patience)
            fail("the server does not answer");
    }
}

static void open_all(void) {
    uint8_t greeting[REQUEST_ROOM];
    connections = calloc(plan.connections, sizeof *connections);
    poller = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < plan.connections; i++) {
        struct connection *c = &connections[i];
        size_t answer;
        channel_open(&c->channel, plan.port, plan.key != NULL);
        if (plan.protocol->greeting != NULL) {
            channel_send(&c->channel, greeting, plan.protocol->greeting(greeting, &answer));
            receive_some(c, answer);
            if (get16(c->in + 4) != HELLO_REPLY)
                fail("the hello was refused");
            c->filled = 0;
        }
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(poller, EPOLL_CTL_ADD, c->channel.socket, &event);
    }
}

// Looks at whole replies; returns how many there were.
static uint32_t take_replies(struct connection *c) {
    uint32_t count = 0, chunk;
    size_t at = 0, bytes;
    for (;;) {
        ptrdiff_t length = plan.protocol->reply(c->in + at, c->filled - at, &chunk, &bytes);
        if (length == 0)
            break;
        if (length < 0 || chunk < first_chunk || chunk >= chunks
            || memcmp(c->in + at + bytes, data + (size_t)chunk * CHUNK, CHUNK) != 0) {
            fprintf(stderr, "a wrong reply: %.80s\n", c->in + at);
            exit(1);
        }
        if (reply_length != 0 && (size_t)length != reply_length)
            fail("replies of several lengths");
        reply_length = length;
        at += length;
        count++;
    }
    memmove(c->in, c->in + at, c->filled -= at);
    c->in_flight -= count;
    return count;
}

// Everything that has come over one connection, looked at.
static uint32_t read_replies(struct connection *c) {
    uint32_t count = 0;
    size_t got;
    while ((got = channel_read(&c->channel, c->in + c->filled, IN_BYTES - c->filled)) > 0) {
        c->filled += got;
        count += take_replies(c);
    }
    return count;
}

static uint32_t count_replies(struct connection *c) {
    c->counted += channel_count(&c->channel, plan.copies);
    uint32_t count = c->counted / reply_length;
    c->counted %= reply_length;
    c->in_flight -= count;
    return count;
}

// Keeps all connections at their depth until the end, or until so many were asked for; then waits for the rest.
static uint64_t run(uint32_t (*take)(struct connection *), double seconds, uint64_t limit) {
    struct epoll_event events[EVENTS];
    uint64_t asked = 0, taken = 0;
    double end = now() + seconds;
    for (int i = 0; i < plan.connections && asked < limit; i++) {
        uint32_t count = limit - asked < (uint64_t)plan.depth ? limit - asked : (uint64_t)plan.depth;
        ask(&connections[i], count);
        asked += count;
    }
    while (taken < asked) {
        int ready = epoll_wait(poller, events, EVENTS, patience * 1000);
        if (ready <= 0)
            fail("the server does not answer");
        int goes_on = now() < end;
        for (int i = 0; i < ready; i++) {
            struct connection *c = events[i].data.ptr;
            uint32_t done = take(c), more = !goes_on ? 0 : limit - asked < done ? limit - asked : done;
            taken += done;
            asked += more;
            ask(c, more);
        }
    }
    return taken;
}

static void measure(void) {
    run(read_replies, warm_up_seconds, UINT64_MAX);
    double begun = now(), server = server_seconds(), own = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
    uint64_t replies = run(count_replies, plan.seconds, UINT64_MAX);
    double took = now() - begun;
    printf("%lu %.9f %.9f %.9f\n", replies, took, server_seconds() - server,
        clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - own);
    for (int i = 0; i < plan.connections; i++)
        if (connections[i].counted != 0)
            fail("a part of a reply is left");
}

static void check(void) {
    is_walking = 1;
    printf("%lu\n", run(read_replies, 600, chunks - first_chunk));
}

static void fill(void) {
    static const char stored[] = "STORED\r\n";
    struct channel channel;
    uint8_t set[64 + CHUNK + 2], answer[sizeof stored];
    channel_open(&channel, plan.port, 0);
    fcntl(channel.socket, F_SETFL, 0);
    for (uint32_t i = 0; i < chunks; i++) {
        size_t head = sprintf((char *)set, "set c%07u 0 0 %d\r\n", i, CHUNK), got = 0;
        memcpy(set + head, data + (size_t)i * CHUNK, CHUNK);
        memcpy(set + head + CHUNK, "\r\n", 2);
        channel_send(&channel, set, head + CHUNK + 2);
        while (got < strlen(stored))
            got += channel_read(&channel, answer + got, strlen(stored) - got);
        if (memcmp(answer, stored, strlen(stored)) != 0)
            fail("memcached does not store");
    }
    channel_close(&channel);
}

static void map_data(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0)
        fail(path);

    data = mmap(NULL, about.st_size, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
    chunks = about.st_size / CHUNK;
    if (data == MAP_FAILED)
        fail("mmap");
}

static void read_file_id(const char *hex) {
    for (int i = 0; i < 16; i++)
        if (sscanf(hex + 2 * i, "%2hhx", &file_id[i]) != 1)
            fail("--file");
}

int main(int count, char **arguments) {
    static const struct option options[] = {
        {"connections", 1, 0, 'n'}, {"depth", 1, 0, 'd'}, {"seconds", 1, 0, 's'}, {"file", 1, 0, 'f'},
        {"key", 1, 0, 'k'}, {"server", 1, 0, 'p'}, {"first", 1, 0, 'i'}, {"copy", 0, 0, 'c'}, {"check", 0, 0, 'x'},
        {"fill", 0, 0, 'F'}, {0}};
    void (*work)(void) = measure;
    for (int option; (option = getopt_long(count, arguments, "", options, NULL)) >= 0;) {
        switch (option) {
        case 'n': plan.connections = atoi(optarg); break;
        case 'd': plan.depth = atoi(optarg); break;
        case 's': plan.seconds = atof(optarg); break;
        case 'f': read_file_id(optarg); break;
        case 'k': use_tls(plan.key = optarg); break;
        case 'p': plan.server = atoi(optarg); break;
        case 'i': first_chunk = atoi(optarg); break;
        case 'c': plan.copies = 1; break;
        case 'x': work = check; break;
        case 'F': work = fill; break;
        default: return 2;
        }
    }
    if (count - optind != 3 || (plan.protocol = find_protocol(arguments[optind])) == NULL || plan.depth < 1
        || plan.depth > MOST_DEPTH || plan.connections < 1) {
        fputs("usage: load frames|http|memcached PORT DATA [options]\n", stderr);
        return 2;
    }

    plan.port = atoi(arguments[optind + 1]);
    map_data(arguments[optind + 2]);
    if (work != fill) {
        prepare_requests();
        open_all();
    }
    work();
    return 0;
}
