// A disk for SQLite that can lose power, fill up or fail: loaded with LD_PRELOAD.
// FAULTS_DISK: path of the database; its -wal and -journal are watched with it.
// FAULTS_JOURNAL: where writes and syncs are noted, in their order (tests/faults/disk.py reads it).
// FAULTS_MODE: a file of one byte that changes what the disk does, at once.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 4096
static signed char kind_of[MOST];
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static volatile const char *mode;
static int journal = -2;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

struct record { uint8_t op, file; uint16_t zero; uint32_t length; uint64_t offset; };

static char state(void) {
  const char *path = getenv("FAULTS_MODE");
  if (!mode && path) {
    int fd = REAL(open64)(path, O_RDONLY);
    if (fd >= 0) mode = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
  }
  return mode ? *mode : '0';
}

static void note(uint8_t op, int file, uint64_t offset, const void *data, uint32_t length) {
  const char *path = getenv("FAULTS_JOURNAL");
  if (!path) return;
  if (journal == -2) journal = REAL(open64)(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  struct record record = { op, (uint8_t)file, 0, length, offset };
  char *whole = malloc(sizeof record + length);
  memcpy(whole, &record, sizeof record);
  if (length) memcpy(whole + sizeof record, data, length);
  if (REAL(write)(journal, whole, sizeof record + length) < 0) abort();
  free(whole);
}

// 1: the database, 2: its write-ahead log, 3: its rollback journal, 0: not ours.
static int which(const char *path) {
  const char *base = getenv("FAULTS_DISK");
  if (!base || strncmp(path, base, strlen(base))) return 0;
  const char *rest = path + strlen(base);
  return !*rest ? 1 : !strcmp(rest, "-wal") ? 2 : !strcmp(rest, "-journal") ? 3 : 0;
}

static int watched(int fd) { return fd >= 0 && fd < MOST ? kind_of[fd] : 0; }

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t permissions = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  int file = which(path);
  if (file && (flags & (O_RDWR | O_WRONLY)) && state() == 'R') { errno = EROFS; return -1; }
  int fd = REAL(open64)(path, flags, permissions);
  if (fd >= 0 && fd < MOST) kind_of[fd] = (signed char)file;
  return fd;
}

int close(int fd) {
  if (fd >= 0 && fd < MOST) kind_of[fd] = 0;
  return REAL(close)(fd);
}

static int refused(void) {
  char now = state();
  if (now == 'F') errno = ENOSPC;
  if (now == 'R') errno = EROFS;
  if (now == 'E') errno = EIO;
  return now == 'F' || now == 'R' || now == 'E';
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  int file = watched(fd);
  if (!file) return REAL(pwrite64)(fd, data, length, offset);
  if (refused()) return -1;
  pthread_mutex_lock(&turn);
  ssize_t done = REAL(pwrite64)(fd, data, length, offset);
  if (done > 0) note('W', file, (uint64_t)offset, data, (uint32_t)done);
  pthread_mutex_unlock(&turn);
  return done;
}

int ftruncate64(int fd, off64_t length) {
  int file = watched(fd);
  if (!file) return REAL(ftruncate64)(fd, length);
  if (refused()) return -1;
  pthread_mutex_lock(&turn);
  int done = REAL(ftruncate64)(fd, length);
  if (!done) note('T', file, (uint64_t)length, NULL, 0);
  pthread_mutex_unlock(&turn);
  return done;
}

// Nothing here has to outlive the machine: that a sync was asked for is all that counts.
int fsync(int fd) {
  int file = watched(fd);
  if (!file) return REAL(fsync)(fd);
  char now = state();
  if (now == 'E' || now == 'S') { errno = EIO; return -1; }
  pthread_mutex_lock(&turn);
  note('S', file, 0, NULL, 0);
  pthread_mutex_unlock(&turn);
  return 0;
}

int fdatasync(int fd) { return watched(fd) ? fsync(fd) : REAL(fdatasync)(fd); }
