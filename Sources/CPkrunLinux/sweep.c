#define _GNU_SOURCE
#include "CPkrunLinux.h"
#include "freestanding.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>

enum {
    PROCESS_LIMIT = 4 * 1024 * 1024, /* PID_MAX_LIMIT of the kernel */
    SET_SIZE = PROCESS_LIMIT / 8,
    LIST_SIZE = PROCESS_LIMIT * sizeof(pid_t),
    /* A tree that still makes new processes after so many walks is not to be stopped; it is killed as it is. */
    PATIENCE = 512,
};

FREESTANDING_BEGIN

static bool contains(const uint64_t *set, pid_t pid) { return set[pid / 64] >> (pid % 64) & 1; }
static void insert(uint64_t *set, pid_t pid) { set[pid / 64] |= (uint64_t)1 << (pid % 64); }
static void removed(uint64_t *set, pid_t pid) { set[pid / 64] &= ~((uint64_t)1 << (pid % 64)); }

/* Paths below /proc, as long as they have to be here. */
struct path {
    char text[64];
    size_t length;
};

static void add_text(struct path *path, const char *text) {
    while (*text) path->text[path->length++] = *text++;
    path->text[path->length] = 0;
}

static void add_number(struct path *path, pid_t number) {
    char digits[12];
    size_t count = 0;
    do digits[count++] = (char)('0' + number % 10);
    while (number /= 10);
    while (count) path->text[path->length++] = digits[--count];
    path->text[path->length] = 0;
}

static struct path process_path(pid_t pid, const char *file) {
    struct path path = {.length = 0};
    add_text(&path, "/proc/");
    add_number(&path, pid);
    add_text(&path, file);
    return path;
}

static long open_path(const struct path *path, int flags) {
    return system_call(SYS_openat, AT_FDCWD, path->text, flags | O_RDONLY | O_CLOEXEC, 0);
}

static pid_t number_from(const char *text) {
    pid_t number = 0;
    for (; *text >= '0' && *text <= '9'; text++) number = number * 10 + (*text - '0');
    return number;
}

/* State and parent; state 0 where the process is gone. */
struct standing {
    char state;
    pid_t parent;
};

/* proc_pid_stat(5): the name, in parentheses, may contain anything, so that the last parenthesis counts. */
static struct standing standing_of(pid_t pid) {
    struct standing standing = {0};
    struct path path = process_path(pid, "/stat");
    char text[512];
    long file = open_path(&path, 0);
    if (file < 0) return standing;
    long length = system_call(SYS_read, file, text, sizeof text - 1);
    system_call(SYS_close, file);
    if (length <= 0) return standing;
    text[length] = 0;
    while (length > 0 && text[length - 1] != ')') length--;
    if (length == 0) return standing;
    standing.state = text[length + 1];
    standing.parent = number_from(&text[length + 3]);
    return standing;
}

/* A process is met once per walk, and signalled once between two beginnings. */
static void meet(struct pkrun_sweep *sweep, size_t *queued, pid_t root, pid_t pid, int signal) {
    if (pid <= 0 || pid >= PROCESS_LIMIT || contains(sweep->visited, pid) || contains(sweep->excluded, pid)) return;
    /* From here on the descriptor means this process and no later one of the same number. */
    long pidfd = system_call(SYS_pidfd_open, pid, 0);
    struct standing standing = standing_of(pid);
    bool below = standing.state && (standing.parent == root || contains(sweep->visited, standing.parent));
    if (pidfd >= 0 && below) {
        insert(sweep->visited, pid);
        sweep->queue[(*queued)++] = pid;
        bool fresh = !contains(sweep->met, pid);
        if (standing.state != 'Z') {
            sweep->found[sweep->found_count++] = pid;
            sweep->fresh += fresh;
        }
        if (fresh && signal && system_call(SYS_pidfd_send_signal, pidfd, signal, NULL, 0) == -EPERM) sweep->refused++;
        insert(sweep->met, pid);
    }
    if (pidfd >= 0) system_call(SYS_close, pidfd);
}

/* proc_tid_children(5): numbers, a space after each; a number may lie across two reads. */
static long meet_children(struct pkrun_sweep *sweep, size_t *queued, pid_t root, const struct path *file, int signal) {
    long children = open_path(file, 0);
    if (children < 0) return children;
    char text[1024];
    pid_t pid = 0;
    long length;
    while ((length = system_call(SYS_read, children, text, sizeof text)) > 0) {
        for (long index = 0; index < length; index++) {
            if (text[index] >= '0' && text[index] <= '9') {
                pid = pid * 10 + (text[index] - '0');
            } else {
                meet(sweep, queued, root, pid, signal);
                pid = 0;
            }
        }
    }
    system_call(SYS_close, children);
    return 0;
}

/* Calls for every number among the names of a directory below /proc. `record` is a struct linux_dirent64. */
#define FOR_EACH_NUMBER(directory, number)                                                                            \
    char records[2048];                                                                                               \
    long filled;                                                                                                      \
    while ((filled = system_call(SYS_getdents64, directory, records, sizeof records)) > 0)                            \
        for (char *record = records; record < records + filled; record += *(uint16_t *)(void *)(record + 16))         \
            for (pid_t number = number_from(record + 19); number; number = 0)

/* Where the kernel keeps no `children` files: everybody, and whose child it is. */
static void meet_by_parent(struct pkrun_sweep *sweep, size_t *queued, pid_t root, pid_t parent, int signal) {
    struct path path = {.length = 0};
    add_text(&path, "/proc");
    long directory = open_path(&path, O_DIRECTORY);
    if (directory < 0) return;
    FOR_EACH_NUMBER(directory, pid) {
        if (standing_of(pid).parent == parent) meet(sweep, queued, root, pid, signal);
    }
    system_call(SYS_close, directory);
}

/* The kernel lists children by the thread that made them. */
static void meet_below(struct pkrun_sweep *sweep, size_t *queued, pid_t root, pid_t parent, int signal) {
    struct path tasks = process_path(parent, "/task");
    long directory = open_path(&tasks, O_DIRECTORY);
    if (directory < 0) return;
    bool listed = true;
    FOR_EACH_NUMBER(directory, thread) {
        struct path children = tasks;
        add_text(&children, "/");
        add_number(&children, thread);
        struct path task = children;
        add_text(&children, "/children");
        if (meet_children(sweep, queued, root, &children, signal) == -ENOENT) {
            /* Either the thread is gone or the kernel has no such file. */
            long alive = open_path(&task, O_DIRECTORY | O_PATH);
            if (alive >= 0) {
                system_call(SYS_close, alive);
                listed = false;
            }
        }
    }
    system_call(SYS_close, directory);
    if (!listed) meet_by_parent(sweep, queued, root, parent, signal);
}

void pkrun_sweep_exclude(struct pkrun_sweep *sweep, pid_t pid) { insert(sweep->excluded, pid); }

void pkrun_sweep_begin(struct pkrun_sweep *sweep) {
    /* The pages come back full of zeros. */
    system_call(SYS_madvise, sweep->met, SET_SIZE, MADV_DONTNEED);
}

void pkrun_sweep_walk(struct pkrun_sweep *sweep, pid_t root, int signal) {
    sweep->found_count = sweep->fresh = sweep->refused = 0;
    size_t queued = 0;
    meet_below(sweep, &queued, root, root, signal);
    for (size_t next = 0; next < queued; next++) meet_below(sweep, &queued, root, sweep->queue[next], signal);
    for (size_t index = 0; index < queued; index++) removed(sweep->visited, sweep->queue[index]);
}

static void walk_until_quiet(struct pkrun_sweep *sweep, pid_t root, int signal) {
    pkrun_sweep_begin(sweep);
    size_t refused = 0;
    for (int quiet = 0, walks = 0; quiet < 2 && walks < PATIENCE; walks++) {
        pkrun_sweep_walk(sweep, root, signal);
        quiet = sweep->fresh ? 0 : quiet + 1;
        refused += sweep->refused;
    }
    sweep->refused = refused;
}

void pkrun_sweep_kill(struct pkrun_sweep *sweep, pid_t root) {
    walk_until_quiet(sweep, root, SIGSTOP);
    walk_until_quiet(sweep, root, SIGKILL);
}

FREESTANDING_END

static void *address_space(size_t size) {
    return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

/* One mapping: the lists, the sets, and the head in a page of its own. */
enum { WHOLE_SIZE = 2 * LIST_SIZE + 3 * SET_SIZE + 4096 };

struct pkrun_sweep *pkrun_sweep_make(void) {
    char *space = address_space(WHOLE_SIZE);
    if (space == MAP_FAILED) return NULL;
    struct pkrun_sweep *sweep = (struct pkrun_sweep *)(void *)(space + 2 * LIST_SIZE + 3 * SET_SIZE);
    sweep->found = (pid_t *)(void *)space;
    sweep->queue = (pid_t *)(void *)(space + LIST_SIZE);
    sweep->met = (uint64_t *)(void *)(space + 2 * LIST_SIZE);
    sweep->visited = (uint64_t *)(void *)(space + 2 * LIST_SIZE + SET_SIZE);
    sweep->excluded = (uint64_t *)(void *)(space + 2 * LIST_SIZE + 2 * SET_SIZE);
    return sweep;
}

void pkrun_sweep_free(struct pkrun_sweep *sweep) { munmap(sweep->found, WHOLE_SIZE); }
