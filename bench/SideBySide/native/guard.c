// Runs a program that must not outlive whoever started it, also when that is killed: once standard input ends, the
// program gets SIGTERM, and SIGKILL if it is still there after two seconds. The program is this very process, with
// nothing to read; whoever started it holds the other end of the input and writes nothing.
//
//   guard PROGRAM [ARGUMENT]...
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MILLISECONDS = 2000 };

// Not a child of the program, which may count its own. It keeps no stream of it open but the input.
static void watch(int program) {
    struct pollfd watched[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = program, .events = POLLIN}};
    char ignored[64];
    setsid();
    close(STDOUT_FILENO);
    close(STDERR_FILENO);
    while (poll(watched, 2, -1) > 0 && watched[1].revents == 0) {
        if (watched[0].revents == 0 || read(STDIN_FILENO, ignored, sizeof ignored) > 0)
            continue;

        syscall(SYS_pidfd_send_signal, program, SIGTERM, NULL, 0);
        if (poll(&watched[1], 1, PATIENCE_MILLISECONDS) == 0)
            syscall(SYS_pidfd_send_signal, program, SIGKILL, NULL, 0);
        break;
    }
    _exit(0);
}

int main(int count, char **arguments) {
    if (count < 2) {
        fputs("usage: guard PROGRAM [ARGUMENT]...\n", stderr);
        return 2;
    }

    int self = syscall(SYS_pidfd_open, getpid(), 0), nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    pid_t child = self < 0 || nothing < 0 ? -1 : fork();
    if (child == 0) {
        if (fork() == 0)
            watch(self);
        _exit(0);
    }
    if (child < 0 || waitpid(child, NULL, 0) != child || dup2(nothing, STDIN_FILENO) < 0) {
        perror("guard");
        return 1;
    }

    close(self);
    execvp(arguments[1], arguments + 1);
    perror(arguments[1]);
    return 127;
}
