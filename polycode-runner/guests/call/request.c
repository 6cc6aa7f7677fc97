/* Reads what is asked, and calls the function. */
#include "inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char REQUEST[] = "/run/request.json";
static const char ANSWER[] = "/run/answer";

struct __polycode_call __polycode_call;

/* Where the text is read; it is JSON as the host writes it, and is changed. */
static char *at;

void *__polycode_room(size_t bytes)
{
    void *room = malloc(bytes ? bytes : 1);

    if (!room)
        __polycode_fail("there is no memory for %zu bytes", bytes);
    return room;
}

/* Values are many, and are never given back. */
static struct __polycode_value *new_value(enum __polycode_type type)
{
    static struct __polycode_value *next, *end;

    if (next == end) {
        next = __polycode_room(1024 * sizeof *next);
        end = next + 1024;
    }
    memset(next, 0, sizeof *next);
    next->type = type;
    return next++;
}

static unsigned hex(void)
{
    unsigned code = 0;

    for (int i = 0; i < 4; i++, at++)
        code = code << 4 | (unsigned)(*at <= '9' ? *at - '0' : (*at | 32) - 'a' + 10);
    return code;
}

static char *put_utf8(char *to, unsigned code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
    } else {
        if (code < 0x10000) {
            *to++ = (char)(0xE0 | code >> 12);
        } else {
            *to++ = (char)(0xF0 | code >> 18);
            *to++ = (char)(0x80 | (code >> 12 & 0x3F));
        }
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
    }
    *to++ = (char)(0x80 | (code & 0x3F));
    return to;
}

/* A text, in the place of its escapes. */
static struct __polycode_value *read_text(void)
{
    struct __polycode_value *value = new_value(__POLYCODE_STRING);
    char *to = ++at;

    value->text = to;
    while (*at != '"') {
        if (*at != '\\') {
            *to++ = *at++;
            continue;
        }
        at++;
        char escape = *at++;
        if (escape == 'u') {
            unsigned code = hex();
            if (code >= 0xD800 && code < 0xDC00 && at[0] == '\\' && at[1] == 'u') {
                at += 2;
                code = 0x10000 + ((code - 0xD800) << 10) + (hex() - 0xDC00);
            }
            to = put_utf8(to, code);
        } else {
            static const char escapes[] = "b\bf\fn\nr\rt\t";
            const char *found = strchr(escapes, escape);
            *to++ = found ? found[1] : escape;
        }
    }
    at++;
    *to = 0;
    value->count = (unsigned)(to - value->text);
    return value;
}

static struct __polycode_value *read_value(void);

/* What stands between brackets, separated by commas and colons. */
static struct __polycode_value *read_entries(enum __polycode_type type, char end)
{
    struct __polycode_value *value = new_value(type);
    const struct __polycode_value **last = &value->first;

    at++;
    while (*at != end) {
        struct __polycode_value *entry = read_value();
        *last = entry;
        last = &entry->next;
        value->count++;
        if (*at == ',' || *at == ':')
            at++;
    }
    at++;
    return value;
}

static struct __polycode_value *read_value(void)
{
    struct __polycode_value *value;

    switch (*at) {
    case '"':
        return read_text();
    case '[':
        return read_entries(__POLYCODE_ARRAY, ']');
    case '{':
        return read_entries(__POLYCODE_OBJECT, '}');
    case 't':
    case 'f':
        value = new_value(__POLYCODE_TRUTH);
        value->truth = *at == 't';
        at += value->truth ? 4 : 5;
        return value;
    case 'n':
        at += 4;
        return new_value(__POLYCODE_NULL);
    default:
        value = new_value(__POLYCODE_NUMBER);
        value->text = at;
        value->count = (unsigned)strspn(at, "0123456789+-.eE");
        at += value->count ? value->count : 1;
        return value;
    }
}

static const struct __polycode_value *member(const struct __polycode_value *map, const char *name)
{
    for (const struct __polycode_value *entry = map->first; entry; entry = entry->next->next)
        if (!strcmp(entry->text, name))
            return entry->next;
    __polycode_fail("%s has no `%s`", REQUEST, name);
}

static char *read_request(void)
{
    FILE *file = fopen(REQUEST, "rb");
    size_t length = 0, room = 1 << 12;
    char *text = __polycode_room(room);

    if (!file)
        __polycode_fail("%s can't be read", REQUEST);
    while ((length += fread(text + length, 1, room - 1 - length, file)) == room - 1) {
        room *= 2;
        text = realloc(text, room);
        if (!text)
            __polycode_fail("there is no memory for %zu bytes", room);
    }
    fclose(file);
    text[length] = 0;
    return text;
}

int __polycode_main(const struct __polycode_function *functions, int count)
{
    at = read_request();
    const struct __polycode_value *call = member(read_value(), "call");
    __polycode_call.name = member(call, "function")->text;
    __polycode_call.given = member(call, "args");
    for (int i = 0; i < count; i++) {
        if (strcmp(functions[i].name, __polycode_call.name))
            continue;
        functions[i].call();
        FILE *file = fopen(ANSWER, "wb");
        size_t length;
        const char *answer = __polycode_answer(&length);
        if (!file || fwrite(answer, 1, length, file) != length || fclose(file))
            __polycode_fail("%s can't be written", ANSWER);
        return 0;
    }
    __polycode_fail("there is no function named '%s'", __polycode_call.name);
}

void __polycode_fail(const char *format, ...)
{
    va_list parts;

    fflush(stdout);
    va_start(parts, format);
    vfprintf(stderr, format, parts);
    va_end(parts);
    fputc('\n', stderr);
    exit(1);
}
