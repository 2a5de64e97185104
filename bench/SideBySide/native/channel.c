// Connections of the load generator.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "load.h"

// A record of TLS 1.3 has its kind and a tag of 16 bytes behind the content.
enum { RECORD_HEAD = 5, RECORD_TAIL = 17, TAKEN_AT_ONCE = 512 * 1024 };

static SSL_CTX *context;
static uint8_t taken[TAKEN_AT_ONCE];

// A certificate of the key's own, as the chunk protocol wants one of whoever connects.
static X509 *certify(EVP_PKEY *key) {
    X509 *certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
    X509_set_pubkey(certificate, key);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"load", -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    if (!X509_sign(certificate, key, EVP_sha256()))
        fail("X509_sign");
    return certificate;
}

void use_tls(const char *key_file) {
    FILE *file = fopen(key_file, "r");
    EVP_PKEY *key = file == NULL ? NULL : PEM_read_PrivateKey(file, NULL, NULL, NULL);
    if (key == NULL)
        fail(key_file);

    fclose(file);
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE);
    if (!SSL_CTX_use_certificate(context, certify(key)) || !SSL_CTX_use_PrivateKey(context, key))
        fail("SSL_CTX_use_PrivateKey");
}

void channel_open(struct channel *channel, int port, int is_tls) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    memset(channel, 0, sizeof *channel);
    channel->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (channel->socket < 0 || connect(channel->socket, (struct sockaddr *)&address, sizeof address) != 0)
        fail("connect");

    setsockopt(channel->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (is_tls) {
        channel->tls = SSL_new(context);
        SSL_set_fd(channel->tls, channel->socket);
        if (SSL_connect(channel->tls) != 1)
            fail("SSL_connect");
    }
    fcntl(channel->socket, F_SETFL, O_NONBLOCK);
}

void channel_close(struct channel *channel) {
    SSL_free(channel->tls);
    close(channel->socket);
}

void channel_send(struct channel *channel, const void *bytes, size_t length) {
    ssize_t sent = channel->tls == NULL ? send(channel->socket, bytes, length, MSG_NOSIGNAL)
                                        : SSL_write(channel->tls, bytes, length);
    if (sent != (ssize_t)length)
        fail("the server does not take requests");
}

size_t channel_read(struct channel *channel, void *into, size_t room) {
    if (channel->tls != NULL) {
        int got = SSL_read(channel->tls, into, room);
        if (got <= 0 && SSL_get_error(channel->tls, got) != SSL_ERROR_WANT_READ)
            fail("the server hung up");
        return got > 0 ? got : 0;
    }

    ssize_t got = recv(channel->socket, into, room, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN))
        fail("the server hung up");
    return got > 0 ? got : 0;
}

// The content of the records in what was taken, as far as their heads have come.
static size_t count_records(struct channel *channel, const uint8_t *at, size_t length) {
    size_t content = 0;
    while (length > 0) {
        if (channel->record_left == 0) {
            channel->record[channel->record_head++] = *at++;
            length--;
            if (channel->record_head == RECORD_HEAD) {
                channel->record_left = channel->record[3] << 8 | channel->record[4];
                channel->record_head = 0;
                if (channel->record[0] != 23 || channel->record_left <= RECORD_TAIL)
                    fail("a TLS record that holds no content");
            }
            continue;
        }

        size_t step = length < channel->record_left ? length : channel->record_left;
        channel->record_left -= step;
        if (channel->record_left == 0)
            content += (channel->record[3] << 8 | channel->record[4]) - RECORD_TAIL;
        at += step;
        length -= step;
    }
    return content;
}

size_t channel_count(struct channel *channel, int copies) {
    int flags = channel->tls == NULL && !copies ? MSG_TRUNC : 0;
    ssize_t got = recv(channel->socket, taken, sizeof taken, flags);
    if (got == 0 || (got < 0 && errno != EAGAIN))
        fail("the server hung up");
    if (got < 0)
        return 0;
    return channel->tls == NULL ? (size_t)got : count_records(channel, taken, got);
}
