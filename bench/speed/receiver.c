// SPDX-License-Identifier: Apache-2.0
/*
 * A neutral BGP receiver: it connects to speakers, counts and times what they announce, and can send a table of its own.
 * It keeps one byte and two times a route and does nothing else, so that what is measured is the speaker.
 *
 * Usage: receiver OWN_AS NEXT_HOP; one command a line on stdin, one answer a line on stdout. Times are CLOCK_MONOTONIC ns,
 * taken after the recv() that brought the bytes. Route i is 10.0.0.0 + i /32; NEXT_HOP is what each must carry.
 *
 *   session ID LOCAL REMOTE HOLD     connect from LOCAL to REMOTE, port 179, again every 100 ms until it works
 *   drop ID                          close the session and stay away
 *   reset ID                         forget what was counted and which routes are there
 *   stat ID                          one line of JSON
 *   await ID up|down|count N|has I|lost I TIMEOUT_MS      "ok TIME", or "timeout"
 *   feed ID N                        send N routes 32.0.0.0 + i*256 /24, five a message, each message with attributes of its own
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SESSIONS = 16, ROUTES = 1 << 18, IN_BYTES = 1 << 21, HEADER = 19 };
enum { OPEN = 1, UPDATE, NOTIFICATION, KEEPALIVE };
static const int64_t MS = 1000000, RETRY = 100 * 1000000;

struct session {
    bool used, wanted, connecting, up;
    int id, fd, hold;
    struct sockaddr_in local, remote;
    uint8_t *in, *out;
    size_t in_length, out_from, out_length, out_size;
    int64_t retry_at, received_at, keepalive_at;
    int64_t connected, established, first_update, last_route, end_of_rib, down, cease, feed_from, feed_to, silence;
    long updates, update_bytes, announced, withdrawn, present, wrong, notifications;
    int code, subcode;
    uint8_t *has;
    int64_t *has_at, *lost_at;
};

static struct session sessions[SESSIONS];
static uint32_t own_as;
static uint8_t next_hop[4];

static struct {
    bool on;
    struct session *session;
    char what[8];
    long number;
    int64_t until;
} awaited;

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void close_session(struct session *s) {
    if (s->fd >= 0) {
        close(s->fd);
    }
    s->fd = -1;
    s->connecting = s->up = false;
    s->in_length = s->out_from = s->out_length = 0;
    s->down = now();
    s->retry_at = s->down + RETRY;
}

static void flush(struct session *s) {
    while (s->out_from < s->out_length) {
        ssize_t n = write(s->fd, s->out + s->out_from, s->out_length - s->out_from);
        if (n < 0) {
            if (errno != EAGAIN) {
                close_session(s);
            }
            return;
        }
        s->out_from += n;
    }
    s->out_from = s->out_length = 0;
    if (s->feed_from && !s->feed_to) {
        s->feed_to = now();
    }
}

static uint8_t *room(struct session *s, size_t n) {
    if (s->out_length + n > s->out_size) {
        s->out_size = 2 * (s->out_length + n);
        s->out = realloc(s->out, s->out_size);
        if (!s->out) {
            die("realloc");
        }
    }
    uint8_t *at = s->out + s->out_length;
    s->out_length += n;
    return at;
}

static uint8_t *put16(uint8_t *p, unsigned v) {
    *p++ = v >> 8;
    *p++ = v;
    return p;
}

static uint8_t *put32(uint8_t *p, uint32_t v) { return put16(put16(p, v >> 16), v & 0xffff); }

static uint8_t *header(uint8_t *p, int length, int type) {
    memset(p, 255, 16);
    p = put16(p + 16, length);
    *p++ = type;
    return p;
}

static void send_keepalive(struct session *s) {
    header(room(s, HEADER), HEADER, KEEPALIVE);
    s->keepalive_at = now();
    flush(s);
}

/* IPv4 unicast, route refresh, four-octet AS numbers. Extended messages aren't offered: all are counted in 4096 octets. */
static void send_open(struct session *s) {
    uint8_t capabilities[] = {1, 4, 0, 1, 0, 1, 2, 0, 65, 4, own_as >> 24, own_as >> 16, own_as >> 8, own_as};
    int length = HEADER + 10 + 2 + sizeof capabilities;
    uint8_t *p = header(room(s, length), length, OPEN);
    *p++ = 4;
    p = put16(p, own_as > 65535 ? 23456 : own_as);
    p = put16(p, s->hold);
    memcpy(p, &s->local.sin_addr, 4);
    p += 4;
    *p++ = 2 + sizeof capabilities;
    *p++ = 2;
    *p++ = sizeof capabilities;
    memcpy(p, capabilities, sizeof capabilities);
    flush(s);
}

static void try_connect(struct session *s) {
    int on = 1, receive = 4 << 20;
    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (s->fd < 0) {
        die("socket");
    }
    setsockopt(s->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &receive, sizeof receive);
    setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(s->fd, (void *)&s->local, sizeof s->local)) {
        die("bind");
    }
    if (connect(s->fd, (void *)&s->remote, sizeof s->remote) && errno != EINPROGRESS) {
        close_session(s);
        return;
    }
    s->connecting = true;
}

static void connected(struct session *s) {
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error) {
        close_session(s);
        return;
    }
    s->connecting = false;
    s->connected = s->received_at = now();
    s->established = s->first_update = s->last_route = s->end_of_rib = s->down = 0;
    send_open(s);
}

static void route(struct session *s, bool announced, const uint8_t *p, int bits, const uint8_t *hop, int64_t at) {
    uint32_t i = ((uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3]) - 0x0A000000u;
    s->last_route = at;
    if (bits != 32 || i >= ROUTES || (announced && (!hop || memcmp(hop, next_hop, 4)))) {
        s->wrong++;
        return;
    }
    if (announced) {
        s->announced++;
        s->present += !s->has[i];
        s->has[i] = 1;
        s->has_at[i] = at;
    } else {
        s->withdrawn++;
        s->present -= s->has[i];
        s->has[i] = 0;
        s->lost_at[i] = at;
    }
}

static bool routes(struct session *s, bool announced, const uint8_t *p, const uint8_t *end, const uint8_t *hop, int64_t at) {
    while (p < end) {
        int bits = *p++, octets = (bits + 7) / 8;
        if (p + octets > end) {
            return false;
        }
        uint8_t address[4] = {0};
        memcpy(address, p, octets > 4 ? 4 : octets);
        route(s, announced, address, bits, hop, at);
        p += octets;
    }
    return true;
}

static bool update(struct session *s, const uint8_t *message, int length, int64_t at) {
    const uint8_t *p = message + HEADER, *end = message + length;
    if (length == HEADER + 4) {
        s->end_of_rib = at;
        return true;
    }
    s->updates++;
    s->update_bytes += length;
    if (!s->first_update) {
        s->first_update = at;
    }
    const uint8_t *withdrawn_end = p + 2 + (p[0] << 8 | p[1]);
    if (withdrawn_end + 2 > end || !routes(s, false, p + 2, withdrawn_end, NULL, at)) {
        return false;
    }
    p = withdrawn_end + 2;
    const uint8_t *attributes_end = p + (withdrawn_end[0] << 8 | withdrawn_end[1]), *hop = NULL;
    if (attributes_end > end) {
        return false;
    }
    while (p + 4 <= attributes_end) {
        bool extended = p[0] & 16;
        if (p[1] == 3) {
            hop = p + 3 + extended;
        }
        p += extended ? 4 + (p[2] << 8 | p[3]) : 3 + p[2];
    }
    return routes(s, true, attributes_end, end, hop, at);
}

static bool message(struct session *s, const uint8_t *m, int length, int64_t at) {
    switch (m[18]) {
        case OPEN: {
            int hold = m[22] << 8 | m[23];
            s->hold = hold < s->hold ? hold : s->hold;
            send_keepalive(s);
            return s->fd >= 0;
        }
        case UPDATE:
            return update(s, m, length, at);
        case NOTIFICATION:
            s->notifications++;
            s->code = m[19];
            s->subcode = m[20];
            s->cease = at;
            return true;
        case KEEPALIVE:
            if (!s->up) {
                s->up = true;
                s->established = at;
            }
            return true;
        default:
            return true;
    }
}

static void receive(struct session *s) {
    ssize_t n = recv(s->fd, s->in + s->in_length, IN_BYTES - s->in_length, 0);
    if (n <= 0) {
        if (n == 0 || errno != EAGAIN) {
            close_session(s);
        }
        return;
    }
    int64_t at = now();
    if (s->up && at - s->received_at > s->silence) {
        s->silence = at - s->received_at;
    }
    s->received_at = at;
    s->in_length += n;
    uint8_t *p = s->in;
    size_t left = s->in_length;
    while (left >= HEADER) {
        size_t length = p[16] << 8 | p[17];
        if (left < length) {
            break;
        }
        if (length < HEADER || !message(s, p, length, at)) {
            close_session(s);
            return;
        }
        p += length;
        left -= length;
    }
    memmove(s->in, p, left);
    s->in_length = left;
}

static void feed(struct session *s, uint32_t n) {
    s->feed_from = now();
    s->feed_to = 0;
    for (uint32_t i = 0; i < n; i += 5) {
        int count = n - i < 5 ? n - i : 5, attributes = 4 + 17 + 7 + 7, length = HEADER + 4 + attributes + 4 * count;
        uint8_t *p = header(room(s, length), length, UPDATE);
        p = put16(put16(p, 0), attributes);
        p = put32(p, 0x40010100); /* ORIGIN: IGP */
        p = put32(p, 0x40020e02); /* AS_PATH: 14 octets, AS_SEQUENCE ... */
        *p++ = 3;                 /* ... of three */
        p = put32(put32(put32(p, own_as), 64496 + i % 15), 65536 + i / 5);
        p = put16(p, 0x4003); /* NEXT_HOP */
        *p++ = 4;
        memcpy(p, &s->local.sin_addr, 4);
        p = put16(p + 4, 0x8004); /* MULTI_EXIT_DISC */
        *p++ = 4;
        p = put32(p, i);
        for (int k = 0; k < count; k++) {
            p = put32(p, 24u << 24 | ((0x20000000u + ((i + k) << 8)) >> 8));
        }
    }
    flush(s);
}

static void forget(struct session *s) {
    s->updates = s->update_bytes = s->announced = s->withdrawn = s->present = s->wrong = s->notifications = 0;
    s->first_update = s->last_route = s->end_of_rib = s->cease = s->silence = 0;
    s->code = s->subcode = 0;
    memset(s->has, 0, ROUTES);
    memset(s->has_at, 0, ROUTES * sizeof *s->has_at);
    memset(s->lost_at, 0, ROUTES * sizeof *s->lost_at);
}

static struct session *make(int id) {
    struct session *s = &sessions[id];
    if (!s->used) {
        s->used = true;
        s->id = id;
        s->fd = -1;
        s->in = malloc(IN_BYTES);
        s->has = malloc(ROUTES);
        s->has_at = malloc(ROUTES * sizeof *s->has_at);
        s->lost_at = malloc(ROUTES * sizeof *s->lost_at);
        if (!s->in || !s->has || !s->has_at || !s->lost_at) {
            die("malloc");
        }
        forget(s);
    }
    return s;
}

static void stat_line(const struct session *s) {
    printf("{\"up\":%s,\"connected\":%ld,\"established\":%ld,\"first_update\":%ld,\"last_route\":%ld,\"end_of_rib\":%ld,"
           "\"down\":%ld,\"cease\":%ld,\"feed_from\":%ld,\"feed_to\":%ld,\"silence\":%ld,\"updates\":%ld,\"update_bytes\":%ld,"
           "\"announced\":%ld,\"withdrawn\":%ld,\"present\":%ld,\"wrong\":%ld,\"notifications\":%ld,\"code\":%d,\"subcode\":%d}\n",
           s->up ? "true" : "false", s->connected, s->established, s->first_update, s->last_route, s->end_of_rib, s->down,
           s->cease, s->feed_from, s->feed_to, s->silence, s->updates, s->update_bytes, s->announced, s->withdrawn,
           s->present, s->wrong, s->notifications, s->code, s->subcode);
}

/* Answers the command that waits, when what it waits for has come; gives whether it has. */
static bool answer(void) {
    struct session *s = awaited.session;
    int64_t at = 0;
    if (!strcmp(awaited.what, "up")) {
        at = s->up ? s->established : 0;
    } else if (!strcmp(awaited.what, "down")) {
        at = s->fd < 0 ? s->down : 0;
    } else if (!strcmp(awaited.what, "count")) {
        at = s->present == awaited.number ? s->last_route : 0;
    } else if (!strcmp(awaited.what, "has")) {
        at = s->has[awaited.number] ? s->has_at[awaited.number] : 0;
    } else if (!strcmp(awaited.what, "lost")) {
        at = s->has[awaited.number] ? 0 : s->lost_at[awaited.number];
    }
    if (at) {
        printf("ok %ld\n", at);
    } else if (now() >= awaited.until) {
        printf("timeout\n");
    } else {
        return false;
    }
    awaited.on = false;
    return true;
}

static bool obey(const char *line) {
    char word[16], local[32], remote[32];
    int id, hold, used = 0;
    long number = 0, timeout;
    if (sscanf(line, "%15s %d %n", word, &id, &used) < 2 || id < 0 || id >= SESSIONS) {
        return false;
    }
    const char *rest = line + used;
    struct session *s = make(id);
    if (!strcmp(word, "session")) {
        if (sscanf(rest, "%31s %31s %d", local, remote, &hold) != 3) {
            return false;
        }
        s->local.sin_family = s->remote.sin_family = AF_INET;
        s->remote.sin_port = htons(179);
        if (inet_pton(AF_INET, local, &s->local.sin_addr) != 1 || inet_pton(AF_INET, remote, &s->remote.sin_addr) != 1) {
            return false;
        }
        s->hold = hold;
        s->retry_at = 0;
        s->wanted = true;
    } else if (!strcmp(word, "drop")) {
        s->wanted = false;
        close_session(s);
    } else if (!strcmp(word, "reset")) {
        forget(s);
    } else if (!strcmp(word, "stat")) {
        stat_line(s);
        return true;
    } else if (!strcmp(word, "feed")) {
        if (!s->up || sscanf(rest, "%ld", &number) != 1) {
            return false;
        }
        feed(s, number);
    } else if (!strcmp(word, "await")) {
        if (sscanf(rest, "%7s %ld %ld", awaited.what, &number, &timeout) != 3) {
            if (sscanf(rest, "%7s %ld", awaited.what, &timeout) != 2) {
                return false;
            }
        }
        if (number < 0 || number >= ROUTES) {
            return false;
        }
        awaited.session = s;
        awaited.number = number;
        awaited.until = now() + timeout * MS;
        awaited.on = true;
        answer();
        return true;
    } else {
        return false;
    }
    printf("ok\n");
    return true;
}

/* Reads commands; false when there will be none any more. */
static bool commands(void) {
    static char line[4096];
    static size_t length;
    ssize_t n = read(0, line + length, sizeof line - 1 - length);
    if (n <= 0) {
        return n < 0 && errno == EAGAIN;
    }
    length += n;
    line[length] = 0;
    char *from = line;
    for (char *end = strchr(from, '\n'); end; end = strchr(from, '\n')) {
        *end = 0;
        if (!obey(from)) {
            printf("bad command: %s\n", from);
        }
        from = end + 1;
    }
    length -= from - line;
    memmove(line, from, length);
    return true;
}

static void keep_alive(struct session *s, int64_t at) {
    if (s->up && s->hold && at - s->keepalive_at > s->hold * 1000 * MS / 3) {
        send_keepalive(s);
    }
    if (s->fd >= 0 && s->up && s->hold && at - s->received_at > s->hold * 1000 * MS) {
        close_session(s);
    }
}

int main(int argc, char **argv) {
    if (argc != 3 || inet_pton(AF_INET, argv[2], next_hop) != 1) {
        fprintf(stderr, "usage: receiver OWN_AS NEXT_HOP\n");
        return 2;
    }
    own_as = strtoul(argv[1], NULL, 10);
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK);
    for (;;) {
        struct pollfd polled[SESSIONS + 1] = {{.fd = 0, .events = POLLIN}};
        struct session *who[SESSIONS + 1];
        int n = 1, wait = awaited.on ? 1 : 100;
        for (struct session *s = sessions; s < sessions + SESSIONS; s++) {
            if (s->used && s->fd >= 0) {
                short more = s->connecting || s->out_from < s->out_length ? POLLOUT : 0;
                polled[n] = (struct pollfd){.fd = s->fd, .events = POLLIN | more};
                who[n++] = s;
            } else if (s->used && s->wanted) {
                wait = 1;
            }
        }
        if (poll(polled, n, wait) < 0) {
            die("poll");
        }
        for (int i = 1; i < n; i++) {
            struct session *s = who[i];
            if (s->connecting && polled[i].revents) {
                connected(s);
            } else if (polled[i].revents & (POLLIN | POLLHUP | POLLERR)) {
                receive(s);
            }
            if (s->fd >= 0 && !s->connecting && polled[i].revents & POLLOUT) {
                flush(s);
            }
        }
        if (polled[0].revents && !commands()) {
            return 0;
        }
        int64_t at = now();
        for (struct session *s = sessions; s < sessions + SESSIONS; s++) {
            if (s->used && s->fd >= 0) {
                keep_alive(s, at);
            } else if (s->used && s->wanted && at >= s->retry_at) {
                try_connect(s);
            }
        }
        if (awaited.on) {
            answer();
        }
    }
}
