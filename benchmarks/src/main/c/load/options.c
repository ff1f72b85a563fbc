// SPDX-License-Identifier: MIT
#include "options.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../shared/websocket.h"

enum { CALLS_PER_SECOND = 500 };

static const char usage[] =
    "usage: load WORKLOAD [--option VALUE]...\n"
    "  fanout   the sockets subscribe to one channel, the first publishes; --window in flight\n"
    "  rooms    channels of --room members, who publish in turn; one in flight in each channel\n"
    "  echo     the sockets call the procedure echo; --depth in flight for each socket\n"
    "  connect  opens the sockets, --opening at a time, and holds them for --warmup and --seconds\n"
    "  slow-reader  a fanout of --publishes, while --slow of the subscribers do not read\n"
    "  flood    the sockets call echo, --rate a second, and --flooders more as fast as they can\n"
    "  storm    the sockets call echo, --rate a second, while --storm others connect at once\n"
    "  attack   the sockets call echo, --rate a second, and --newcomers connect: for --seconds alone,\n"
    "           then beside --attackers that play a --script, or --silent that only upgrade\n"
    "options, with their defaults:\n"
    "  --port 8000  --protocol socketcluster|min-bin|engineio  --path (that of the protocol)\n"
    "  --connections 100  --seconds 5  --warmup 2  --size 64 (bytes of payload)\n"
    "  --window 4  --room 10  --depth 1  --opening 64\n"
    "  --rate 0       fanout: so many publishes a second, whatever is in flight; flood, storm, attack: 500\n"
    "  --publishes 200000  --slow 1  --flooders 1  --storm 10000\n"
    "  --attackers 10  --script FILE (of blocks, each behind its length)  --newcomers 0 (a second)\n"
    "  --silent 0  --silent-rate 0 (a second; 0: all at once)  --deflate 0 (1: attackers offer it)\n"
    "                 fanout: 1 for all sockets, with --window 1\n"
    "  --subscribe 0  connect: 1 subscribes each socket to a channel of its own\n"
    "  --pid 0        the server's process: its CPU time and memory are reported\n";

struct setting {
  const char *name;
  int *number;
  const char **text;
  long least, most;
};

static _Noreturn void refuse(const char *name, const char *value) {
  fprintf(stderr, "load: %s %s is not possible\n%s", name, value, usage);
  exit(2);
}

static void set(const struct setting *setting, const char *name, const char *value) {
  if (setting->text) {
    *setting->text = value;
    return;
  }
  char *end;
  long number = strtol(value, &end, 10);
  if (*end || end == value || number < setting->least || number > setting->most) {
    refuse(name, value);
  }
  *setting->number = (int)number;
}

static void parse(const struct setting *settings, int count, char **arguments) {
  for (int i = 2; i < count; i += 2) {
    const struct setting *setting = settings;
    while (setting->name && strcmp(setting->name, arguments[i])) setting++;
    if (!setting->name || i + 1 == count) refuse(arguments[i], i + 1 < count ? arguments[i + 1] : "");
    set(setting, arguments[i], arguments[i + 1]);
  }
}

static bool is(const struct options *options, const char *workload) {
  return !strcmp(options->workload, workload);
}

static bool calls(const struct options *options) {
  return is(options, "flood") || is(options, "storm") || is(options, "attack");
}

static void check(const struct options *options) {
  const char *wrong = NULL;
  if (is(options, "rooms") && options->connections % options->room) {
    wrong = "--connections must be a multiple of --room";
  } else if (is(options, "slow-reader") && options->slow >= options->connections) {
    wrong = "--slow must be less than --connections";
  } else if (options->rate && !is(options, "fanout") && !calls(options)) {
    wrong = "--rate is for fanout, flood, storm and attack";
  } else if (options->deflate && !is(options, "attack") &&
             !(is(options, "fanout") && options->window == 1)) {
    wrong = "--deflate is for attack, and for fanout with --window 1";
  }
  if (!wrong) return;
  fprintf(stderr, "load: %s\n", wrong);
  exit(2);
}

struct options options_parse(int count, char **arguments) {
  struct options o = {.protocol = "socketcluster", .port = 8000, .connections = 100, .seconds = 5,
                      .warmup = 2, .size = 64, .window = 4, .room = 10, .depth = 1, .opening = 64,
                      .publishes = 200000, .slow = 1, .flooders = 1, .storm = 10000, .attackers = 10};
  const struct setting settings[] = {
      {"--port", &o.port, NULL, 1, 65535},
      {"--protocol", NULL, &o.protocol, 0, 0},
      {"--path", NULL, &o.path, 0, 0},
      {"--connections", &o.connections, NULL, 1, 1000000},
      {"--seconds", &o.seconds, NULL, 0, 3600},
      {"--warmup", &o.warmup, NULL, 0, 3600},
      {"--size", &o.size, NULL, 0, FRAME_PAYLOAD_MAX - 256},
      {"--window", &o.window, NULL, 1, 100000},
      {"--room", &o.room, NULL, 1, 1000000},
      {"--depth", &o.depth, NULL, 1, 100000},
      {"--opening", &o.opening, NULL, 1, 100000},
      {"--rate", &o.rate, NULL, 0, 1000000},
      {"--subscribe", &o.subscribe, NULL, 0, 1},
      {"--publishes", &o.publishes, NULL, 1, 100000000},
      {"--slow", &o.slow, NULL, 0, 1000},
      {"--flooders", &o.flooders, NULL, 0, 1000},
      {"--storm", &o.storm, NULL, 1, 1000000},
      {"--attackers", &o.attackers, NULL, 1, 1000},
      {"--script", NULL, &o.script, 0, 0},
      {"--newcomers", &o.newcomers, NULL, 0, 1000},
      {"--silent", &o.silent, NULL, 0, 100000},
      {"--silent-rate", &o.silent_rate, NULL, 0, 100000},
      {"--deflate", &o.deflate, NULL, 0, 1},
      {"--pid", &o.pid, NULL, 0, 1 << 30},
      {NULL, NULL, NULL, 0, 0},
  };
  if (count < 2) {
    fputs(usage, stderr);
    exit(2);
  }
  o.workload = arguments[1];
  parse(settings, count, arguments);
  if (!o.rate && calls(&o)) o.rate = CALLS_PER_SECOND;
  check(&o);
  return o;
}
