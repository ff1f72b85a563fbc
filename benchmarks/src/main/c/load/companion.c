// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "companion.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../shared/process.h"
#include "connection.h"

enum { LOWER_PRIORITY = 5, POLL_US = 1000 };

static void prepare(struct load *load, const struct load *from, const struct workload *workload,
                    int connections) {
  *load = (struct load){.options = from->options,
                        .dialect = from->dialect,
                        .workload = workload,
                        .payload = from->payload,
                        .epoll = epoll_create1(0)};
  load->options.connections = connections;
  load->options.rate = 0;
  connections_check(connections);
  load->connections = calloc((size_t)connections, sizeof *load->connections);
  if (!load->connections) fail("no memory left");
}

static _Noreturn void live(struct companion *companion, struct load *load, pid_t parent,
                           void (*run)(struct load *, struct companion *)) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL)) fail_errno("prctl");
  if (getppid() != parent) exit(1);
  setpriority(PRIO_PROCESS, 0, LOWER_PRIORITY);
  while (!companion->started) usleep(POLL_US);
  run(load, companion);
  exit(0);
}

struct companion *companion_create(const struct load *load, const struct workload *workload,
                                   int connections,
                                   void (*run)(struct load *, struct companion *)) {
  struct companion *companion = mmap(NULL, sizeof *companion, PROT_READ | PROT_WRITE,
                                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (companion == MAP_FAILED) fail_errno("mmap");
  pid_t parent = getpid(), pid = fork();
  if (pid < 0) fail_errno("fork");
  if (!pid) {
    struct load own;
    prepare(&own, load, workload, connections);
    live(companion, &own, parent, run);
  }
  companion->pid = pid;
  return companion;
}

void companion_start(struct companion *companion) { companion->started = true; }

void companion_check(struct companion *companion) {
  int status;
  if (waitpid(companion->pid, &status, WNOHANG) == companion->pid) {
    fail("the companion has ended with status %d", WEXITSTATUS(status));
  }
}

void companion_stop(struct companion *companion) {
  int status;
  companion->stopped = true;
  if (waitpid(companion->pid, &status, 0) != companion->pid || status) {
    fail("the companion has ended with status %d", WEXITSTATUS(status));
  }
}
