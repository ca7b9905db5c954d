#define _GNU_SOURCE
#include "usage.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

ssize_t pkrun_getdents64(int directory, void *buffer, size_t size) {
    return syscall(SYS_getdents64, directory, buffer, size);
}

int pkrun_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int pkrun_message_sockets(int ends[2]) {
    const int yes = 1;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) return -1;
    return setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes);
}

ssize_t pkrun_receive(int socket, void *buffer, size_t size, pid_t *sender, int *descriptor) {
    struct iovec part = {.iov_base = buffer, .iov_len = size};
    union {
        char bytes[CMSG_SPACE(sizeof(struct ucred)) + CMSG_SPACE(sizeof(int))];
        struct cmsghdr alignment;
    } control;
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t length = recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    *sender = 0;
    *descriptor = -1;
    if (length < 0) return length;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_type == SCM_RIGHTS) *descriptor = *(int *)(void *)CMSG_DATA(part);
        if (part->cmsg_type == SCM_CREDENTIALS) *sender = ((struct ucred *)(void *)CMSG_DATA(part))->pid;
    }
    return length;
}

int pkrun_set_pipe_capacity(int pipe, int bytes) { return fcntl(pipe, F_SETPIPE_SZ, bytes); }

/* Since Linux 4.13; older headers do not have it. */
#ifndef TIOCGPTPEER
#define TIOCGPTPEER _IO('T', 0x41)
#endif

int pkrun_open_terminal(int sides[2]) {
    const int unlocked = 0;
    sides[0] = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (sides[0] < 0) return -1;
    sides[1] = -1;
    /* Not by its name, which may mean another one where /dev/pts is not the one that belongs to /dev/ptmx. */
    if (ioctl(sides[0], TIOCSPTLCK, &unlocked) == 0) {
        sides[1] = ioctl(sides[0], TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    }
    if (sides[1] >= 0) return 0;
    int error = errno;
    close(sides[0]);
    errno = error;
    return -1;
}

int pkrun_get_terminal_size(int terminal, uint16_t *rows, uint16_t *columns) {
    struct winsize size;
    if (ioctl(terminal, TIOCGWINSZ, &size) < 0) return -1;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return 0;
}

int pkrun_set_terminal_size(int terminal, uint16_t rows, uint16_t columns) {
    const struct winsize size = {.ws_row = rows, .ws_col = columns};
    return ioctl(terminal, TIOCSWINSZ, &size);
}

int pkrun_has_terminal(void) {
    int terminal = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (terminal >= 0) close(terminal);
    return terminal >= 0 || errno != ENXIO;
}

int pkrun_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

void pkrun_take_short_turns(void) {
    /* struct sched_attr, which the C library may not have. */
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t niceness;
        uint32_t priority;
        uint64_t runtime, deadline, period;
    } attributes = {.size = sizeof attributes};
    enum { RESET_ON_FORK = 1, SHORTEST = 100 * 1000 };
    if (syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) < 0) return;
    /* To be reset on fork is to lose a raised priority as well. */
    if (attributes.policy != SCHED_OTHER || attributes.niceness < 0) return;
    attributes.flags = RESET_ON_FORK;
    attributes.runtime = SHORTEST;
    syscall(SYS_sched_setattr, 0, &attributes, 0);
}

int pkrun_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int pkrun_pidfd_send_signal(int pidfd, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int pkrun_waitid(idtype_t type, id_t id, int options, struct pkrun_exit *exit) {
    siginfo_t info = {0};
    struct rusage usage = {0};
    if (syscall(SYS_waitid, type, id, &info, options | WEXITED, &usage) < 0) return -1;
    *exit = (struct pkrun_exit){.pid = info.si_pid, .code = info.si_code, .status = info.si_status};
    note_usage(exit, &usage);
    return 0;
}
