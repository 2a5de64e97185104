/*
 * A disk that keeps what was synced and nothing else, for one process: loaded before its libraries (LD_PRELOAD), it
 * stands in for fsync and its kin, and takes down, each time, what the disk is promised to hold from then on.
 *
 * POWER_ROOT is the directory that is watched, POWER_LOG where it writes, on the same file system:
 *   N.file.INODE   what a file held when sync number N began
 *   N.names.INODE  the names in a directory then: a line each of mode (octal), inode, name
 *   N.tree.0       all names under the root then: the same, with paths from the root, which itself is "."
 *   pin/INODE      another name of the file, so that its number is not given to another one
 *
 * Nothing is really synced. A write to a file opened with O_SYNC or O_DSYNC is a sync of it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PATH_SIZE 4096

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static volatile int syncs;
static FILE *tree;
static size_t root_length;


static void fail(const char *what)
{
    fprintf(stderr, "powerloss: %s: %s\n", what, strerror(errno));
    _exit(99);
}

static FILE *create(const char *kind, unsigned long inode)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%d.%s.%lu", getenv("POWER_LOG"), syncs, kind, inode);
    FILE *file = fopen(path, "we");
    if (!file)
        fail(path);
    return file;
}

static void pin(int directory, const char *name, unsigned long inode, int flags)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/pin/%lu", getenv("POWER_LOG"), inode);
    linkat(directory, name, AT_FDCWD, path, flags); /* It may have been removed meanwhile, or be pinned already. */
}

static void keep_file(int fd, unsigned long inode)
{
    static char block[1 << 16];
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    pin(AT_FDCWD, name, inode, AT_SYMLINK_FOLLOW);

    /* The descriptor may be for writing alone. */
    int from = open(name, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        fail("reading what is synced");
    FILE *to = create("file", inode);
    for (ssize_t got; (got = read(from, block, sizeof block)) > 0;)
        fwrite(block, 1, got, to);
    fclose(to);
    close(from);
}

static void keep_names(int fd, unsigned long inode)
{
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    DIR *directory = opendir(name); /* Stays open: its number is not given to another one either. */
    if (!directory)
        fail("listing what is synced");
    FILE *to = create("names", inode);
    for (struct dirent *entry; (entry = readdir(directory));) {
        struct stat what;
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")
            || fstatat(dirfd(directory), entry->d_name, &what, AT_SYMLINK_NOFOLLOW))
            continue;
        pin(dirfd(directory), entry->d_name, what.st_ino, 0);
        fprintf(to, "%o %lu %s\n", what.st_mode, (unsigned long)what.st_ino, entry->d_name);
    }
    fclose(to);
}

static int keep_path(const char *path, const struct stat *what, int kind, struct FTW *at)
{
    (void)at;
    if (kind == FTW_NS)
        return 0; /* Removed meanwhile. */
    pin(AT_FDCWD, path, what->st_ino, 0);
    const char *name = path[root_length] ? path + root_length + 1 : ".";
    fprintf(tree, "%o %lu %s\n", what->st_mode, (unsigned long)what->st_ino, name);
    return 0;
}

static void keep_tree(void)
{
    const char *root = getenv("POWER_ROOT");
    root_length = strlen(root);
    tree = create("tree", 0);
    nftw(root, keep_path, 16, FTW_PHYS);
    fclose(tree);
}

/* Takes down what the names are now, as a sync of nothing; its number. */
int powerloss_look(void)
{
    pthread_mutex_lock(&gate);
    int number = ++syncs;
    keep_tree();
    pthread_mutex_unlock(&gate);
    return number;
}

/* Takes down that a file or directory is synced, if it is one of those that are watched. */
static void sync_begins(int fd)
{
    char name[64], path[PATH_SIZE];
    const char *root = getenv("POWER_ROOT");
    struct stat what;
    int before = errno;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(name, path, sizeof path - 1);
    if (!root || length < 0 || strncmp(path, root, strlen(root)) || fstat(fd, &what))
        return;

    pthread_mutex_lock(&gate);
    syncs++;
    if (S_ISDIR(what.st_mode))
        keep_names(fd, what.st_ino);
    else
        keep_file(fd, what.st_ino);
    keep_tree();
    pthread_mutex_unlock(&gate);
    errno = before;
}

static int is_written_through(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && (flags & O_DSYNC); /* O_SYNC has that bit too. */
}

int fsync(int fd)
{
    sync_begins(fd);
    return 0;
}

int fdatasync(int fd)
{
    sync_begins(fd);
    return 0;
}

static ssize_t written(int fd, ssize_t result)
{
    if (result > 0 && is_written_through(fd))
        sync_begins(fd);
    return result;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    return written(fd, syscall(SYS_write, fd, bytes, count));
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset)
{
    return written(fd, syscall(SYS_pwrite64, fd, bytes, count, offset));
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset)
{
    return pwrite64(fd, bytes, count, offset);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset)
{
    return written(fd, syscall(SYS_pwritev, fd, parts, count, offset, 0));
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset)
{
    return pwritev64(fd, parts, count, offset);
}

/* Whoever looks a function up in libc itself gets these too. */
void *dlsym(void *library, const char *name)
{
    static void *(*next)(void *, const char *);
    static const char *const versions[] = {"GLIBC_2.34", "GLIBC_2.2.5", "GLIBC_2.17"};
    for (size_t i = 0; !next && i < sizeof versions / sizeof *versions; i++)
        next = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", versions[i]);
    if (!strcmp(name, "fsync") || !strcmp(name, "fdatasync"))
        return (void *)fsync;
    return next(library, name);
}
