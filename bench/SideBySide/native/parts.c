// What the parts of receiving cost by themselves, by OpenSSL: a digest or a cipher over chunks of a file in memory.
//
//   parts sha256|aes-128-ctr DATA SECONDS      prints bytes and the CPU seconds they took
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

enum { CHUNK = 16384, BETWEEN_LOOKS = 64 };

static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void digest(const unsigned char *chunk) {
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int length;
    if (!EVP_Digest(chunk, CHUNK, hash, &length, EVP_sha256(), NULL))
        abort();
}

// A new counter for each chunk, with the key's schedule kept, as a client unseals the chunks of one file.
static void decipher(EVP_CIPHER_CTX *cipher, const unsigned char *chunk, unsigned long number) {
    static unsigned char plain[CHUNK];
    unsigned char counter[16] = {0};
    int length;
    memcpy(counter + 8, &number, sizeof number);
    if (!EVP_DecryptInit_ex(cipher, NULL, NULL, NULL, counter)
        || !EVP_DecryptUpdate(cipher, plain, &length, chunk, CHUNK))
        abort();
}

int main(int count, char **arguments) {
    int is_digest = count == 4 && strcmp(arguments[1], "sha256") == 0;
    struct stat about;
    int file = count == 4 ? open(arguments[2], O_RDONLY) : -1;
    if (file < 0 || fstat(file, &about) != 0 || (!is_digest && strcmp(arguments[1], "aes-128-ctr") != 0)) {
        fputs("usage: parts sha256|aes-128-ctr DATA SECONDS\n", stderr);
        return 2;
    }

    const unsigned char *data = mmap(NULL, about.st_size, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    unsigned char key[16] = "sixteen key byte";
    if (data == MAP_FAILED || !EVP_DecryptInit_ex(cipher, EVP_aes_128_ctr(), NULL, key, NULL))
        return 1;

    unsigned long chunks = about.st_size / CHUNK, done = 0;
    double begun = cpu_seconds(), seconds = atof(arguments[3]), spent;
    do {
        for (int i = 0; i < BETWEEN_LOOKS; i++, done++) {
            const unsigned char *chunk = data + done % chunks * CHUNK;
            if (is_digest)
                digest(chunk);
            else
                decipher(cipher, chunk, done);
        }
        spent = cpu_seconds() - begun;
    } while (spent < seconds);
    printf("%lu %.9f\n", done * CHUNK, spent);
    return 0;
}
