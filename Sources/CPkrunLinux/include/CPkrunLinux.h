#ifndef CPKRUNLINUX_H
#define CPKRUNLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/types.h>
#include <sys/wait.h>

/* System calls that the C library does not offer, or offers with a signature that Swift cannot call. Each returns -1
   and sets errno(3) where it fails. */

/* getdents64(2) */
ssize_t pkrun_getdents64(int directory, void *buffer, size_t size);

/* pipe2(2) with O_CLOEXEC */
int pkrun_pipe(int ends[2]);

/* A pair of connected sockets that keep the bounds of messages, the first of which learns who sends; socketpair(2),
   SOCK_SEQPACKET with SOCK_CLOEXEC, and SO_PASSCRED */
int pkrun_message_sockets(int ends[2]);

/* fcntl(2), F_SETPIPE_SZ */
int pkrun_set_pipe_capacity(int pipe, int bytes);

/* Opens both sides of a pseudo-terminal with O_CLOEXEC, that of the programs last; pty(7) */
int pkrun_open_terminal(int sides[2]);

/* ioctl_tty(2), TIOCGWINSZ and TIOCSWINSZ */
int pkrun_get_terminal_size(int terminal, uint16_t *rows, uint16_t *columns);
int pkrun_set_terminal_size(int terminal, uint16_t rows, uint16_t columns);

/* Whether this process may have a controlling terminal; only ENXIO of tty(4) says that it has none. */
int pkrun_has_terminal(void);

/* prctl(2), PR_SET_CHILD_SUBREAPER */
int pkrun_become_subreaper(void);

/* sched_setattr(2): turns of 0.1 ms, the shortest there are, for this thread and not for its children. Nothing changes
   where the thread has another policy than the usual one, or a priority that its children are to have too. */
void pkrun_take_short_turns(void);

/* sigaction(2): the signals that this process ignores; bit n - 1 is signal n. */
uint64_t pkrun_ignored_signals(void);

/* pidfd_open(2) */
int pkrun_pidfd_open(pid_t pid);

/* pidfd_send_signal(2) */
int pkrun_pidfd_send_signal(int pidfd, int signal);

/* recvmsg(2) with MSG_DONTWAIT: one message, the number that its sender has for this process, and the descriptor that came
   with it, or -1. The socket has SO_PASSCRED. */
ssize_t pkrun_receive(int socket, void *buffer, size_t size, pid_t *sender, int *descriptor);

/* waitid(2) with WEXITED, and what the process used, which the C library leaves out. */
struct pkrun_exit {
    pid_t pid; /* 0 where no child has ended and WNOHANG was given */
    int code;  /* CLD_EXITED, CLD_KILLED or CLD_DUMPED */
    int status;
    int64_t cpu_microseconds;
    int64_t peak_kilobytes;
    int64_t read_blocks; /* from storage, of 512 bytes each */
    int64_t written_blocks;
};
int pkrun_waitid(idtype_t type, id_t id, int options, struct pkrun_exit *exit);

/* The start of a process. */

struct pkrun_credentials {
    uid_t user;
    gid_t group;
    size_t group_count;
    const gid_t *groups;
};

struct pkrun_limit {
    int resource; /* RLIMIT_... of setrlimit(2) */
    struct rlimit values;
};

struct pkrun_descriptor {
    int number; /* in the new process */
    int source; /* in this one */
};

struct pkrun_spawn {
    const char *const *arguments;   /* NULL at the end */
    const char *const *environment; /* NULL at the end */
    const char *const *candidates;  /* paths to execute, the first that exists; NULL at the end */
    const char *directory;         /* where it begins, or NULL: where this process is */
    int streams[3];                /* become 0, 1 and 2 */
    const int *stage;              /* three descriptors that hold the streams for the moment, and what they hold otherwise; or NULL */
    struct pkrun_descriptor *extra; /* what else it has, by rising number from 3 on; not to be used again */
    size_t extra_count;
    uint64_t ignored;              /* the signals that this process may be ignoring; bit n - 1 is signal n */
    int terminal;                  /* becomes the controlling terminal, for a session of its own; or -1: has none */
    int has_own_terminal;          /* this process has a controlling terminal, which the new one is to leave */
    int leads_session;             /* leads a session, rather than a process group in that of this process */
    int wants_pidfd;               /* a descriptor of the new process is to be opened here */
    int cgroup;                    /* directory of the cgroup to be born in, or -1 */
    int birth_socket;              /* where to send PKRUN_BORN before anything else, or -1 */
    int join_file;                 /* `cgroup.procs` of the cgroup to move to, or -1 */
    const int *limit_files;        /* `tasks` of the version 1 cgroups to move to, whose limits are to hold */
    size_t limit_file_count;
    const struct pkrun_credentials *credentials; /* or NULL */
    const struct pkrun_limit *limits;
    size_t limit_count;
    int file_mode_mask;         /* umask(2), or -1: as here */
    const int *niceness;        /* setpriority(2), or NULL: as here */
    int io_priority;            /* ioprio_set(2), or -1: as here */
    const uint64_t *processors; /* bit n of word n / 64: may run on processor n; or NULL: as here */
    size_t processor_words;
};

/* Which step of the start failed. */
enum {
    PKRUN_CREATE_CONTAINER = 1,
    PKRUN_CREATE_PROCESS = 2,
    PKRUN_JOIN = 3,
    PKRUN_JOIN_LIMITS = 4,
    PKRUN_NEW_SESSION = 5,
    PKRUN_TERMINAL = 6,
    PKRUN_STREAMS = 7,
    PKRUN_DESCRIPTORS = 8,
    PKRUN_SET_LIMITS = 9,
    PKRUN_SET_NICENESS = 10,
    PKRUN_SET_IO_PRIORITY = 11,
    PKRUN_SET_PROCESSORS = 12,
    PKRUN_SET_GROUPS = 13,
    PKRUN_SET_GROUP_ID = 14,
    PKRUN_SET_USER_ID = 15,
    PKRUN_CHANGE_DIRECTORY = 16,
    PKRUN_EXECUTE = 17,
};

struct pkrun_spawned {
    pid_t pid;
    int pidfd; /* closed on execve(2); -1 where the start failed, or none was wanted */
    int born;  /* 0: killed before its first instruction, as happens in a cgroup that was killed before */
    int step;  /* 0 where none failed */
    int error; /* errno(3) of that step */
};

/* A stack for pkrun_spawn, NULL with errno(3) where there is no memory. One serves any number of spawns, one at a time. */
void *pkrun_stack_make(void);
void pkrun_stack_free(void *stack);

/* Starts a process in a process group of its own, without a controlling terminal of others, with default signal dispositions, an empty
   signal mask and no descriptors but those asked for. Returns when it executes its program or has failed to. The cost does
   not depend on this process's memory, nor, with a stage and no extra descriptors, on how many it has open. */
void pkrun_spawn(const struct pkrun_spawn *request, void *stack, struct pkrun_spawned *result);

/* Every descendant of a process, found through proc(5). */

struct pkrun_sweep {
    pid_t *found;       /* what the last walk met, parents before their children, zombies left out */
    size_t found_count;
    size_t fresh;       /* how many of them no walk since pkrun_sweep_begin had met */
    size_t refused;     /* how many would not be signalled (EPERM) */
    pid_t *queue;
    uint64_t *met;      /* bit sets over process numbers */
    uint64_t *visited;
    uint64_t *excluded;
};

/* NULL with errno(3) where there is no memory. Takes address space, and memory only for what it meets. */
struct pkrun_sweep *pkrun_sweep_make(void);
void pkrun_sweep_free(struct pkrun_sweep *sweep);

/* Leaves out a process and all below it. */
void pkrun_sweep_exclude(struct pkrun_sweep *sweep, pid_t pid);

/* Forgets what was met. */
void pkrun_sweep_begin(struct pkrun_sweep *sweep);

/* Meets every descendant of `root` and sends `signal`, unless it is 0, to the fresh ones. A process is signalled through a
   descriptor and only after it proved to be a descendant, so that a reused number does no harm. */
void pkrun_sweep_walk(struct pkrun_sweep *sweep, pid_t root, int signal);

/* Stops every descendant of `root`, again and again until no walk finds a new one, then kills them all. The caller reaps,
   and repeats until there is nothing to reap. */
void pkrun_sweep_kill(struct pkrun_sweep *sweep, pid_t root);

/* Guardians: children of the owner that end what the owner can no longer end. A guardian is in its own session, takes no
   signal that can be blocked, holds no descriptor but its own, and does not show the owner's name. */

/* Where ps(1) finds a process's arguments: argv[0] up to the end of the last. */
struct pkrun_title {
    char *start;
    size_t length;
};

struct pkrun_child {
    pid_t pid;
    int pidfd;
    int error; /* errno(3), 0 where all went well */
};

/* Waits for the owner's death, then kills the cgroup `name` in `parent`, waits until it is empty and removes it with all
   that is in it, and what the run may have made in hierarchies of version 1. A byte in `control` lets it go. Its descriptor
   of the cgroup's directory keeps the owner's lock. */
struct pkrun_cgroup_guard {
    int owner; /* pidfd */
    int control;
    int directory;
    int parent;
    int held; /* kept open while there is something to guard, so that its lock is held; or -1 */
    const char *name;
    const char *home; /* a cgroup in `parent`, where the owner may have taken the guardian */
    const char *const *limit_directories; /* absolute paths, of which there may be none; NULL at the end */
    struct pkrun_title title;
};
void pkrun_guard_cgroup(const struct pkrun_cgroup_guard *guard, struct pkrun_child *child);

/* The PID namespace whose first process a guardian is, with a mount namespace for its own /proc. */
struct pkrun_namespace {
    const char *user_map; /* of a user namespace, user_namespaces(7); NULL: the owner has the privilege to do without */
    const char *group_map;
};

/* Starts a process as its own child and is the subreaper of all that descends from it, until there is nothing left. On
   the owner's death, or on a message of any content, it ends them. As the first process of a namespace it need not: the
   kernel ends them with it, and it with the owner's thread. */
struct pkrun_tree_guard {
    const struct pkrun_spawn *spawn;
    void *stack;
    struct pkrun_sweep *sweep;
    const struct pkrun_namespace *own_namespace; /* or NULL */
    int owner; /* pidfd */
    int socket;
    int held; /* as above */
    struct pkrun_title title;
};
void pkrun_guard_tree(const struct pkrun_tree_guard *guard, struct pkrun_child *child);

/* What a tree's guardian tells the owner, one message each. */
enum pkrun_report_kind {
    PKRUN_BORN = 1,    /* from the main process itself, with its pidfd, before it is anybody else's program */
    PKRUN_STARTED,     /* pid, step, error */
    PKRUN_MAIN_EXITED, /* exit, empty */
    PKRUN_EMPTIED,     /* exit: what the whole tree used */
    PKRUN_REFUSED,     /* count of processes that could not be ended */
};
struct pkrun_report {
    int kind;
    pid_t pid;
    int step;
    int error;
    int empty;
    int count;
    struct pkrun_exit exit;
};

#endif
