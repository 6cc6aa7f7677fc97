/* From the text of JSON to values. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

_Bool __polycode_is_tested;

/* Where the text is read; it is JSON as the host or tests write it, and is changed. */
static char *at;

/* Room for values, piece by piece: all of it is given back at once. */
static struct piece {
    struct piece *before;
    size_t used, room;
    _Alignas(max_align_t) char bytes[];
} *last;

void *__polycode_room(size_t bytes)
{
    enum { PIECE = 1 << 15 };

    bytes = (bytes + _Alignof(max_align_t) - 1) & -_Alignof(max_align_t);
    if (!last || bytes > last->room - last->used) {
        size_t room = bytes > PIECE ? bytes : PIECE;
        struct piece *piece = malloc(sizeof *piece + room);
        if (!piece)
            __polycode_fail("there is no memory for %zu bytes", bytes);
        *piece = (struct piece){ .before = last, .room = room };
        last = piece;
    }
    void *place = last->bytes + last->used;
    last->used += bytes;
    return place;
}

void __polycode_give_back(void)
{
    while (last) {
        struct piece *before = last->before;
        free(last);
        last = before;
    }
}

static struct __polycode_value *new_value(enum __polycode_type type)
{
    struct __polycode_value *value = __polycode_room(sizeof *value);

    *value = (struct __polycode_value){ .type = type };
    return value;
}

static void skip_spaces(void)
{
    at += strspn(at, " \t");
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
    while (*at && *at != '"') {
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

/* What stands between brackets, separated by commas and colons; between braces, names and values in turn. */
static struct __polycode_value *read_entries(enum __polycode_type type, char end)
{
    struct __polycode_value *value = new_value(type);
    const struct __polycode_value **end_of = &value->first;

    at++;
    for (skip_spaces(); *at && *at != end; skip_spaces()) {
        struct __polycode_value *entry = read_value();
        *end_of = entry;
        end_of = &entry->next;
        value->count++;
        skip_spaces();
        if (*at == ',' || *at == ':')
            at++;
    }
    at += *at == end;
    return value;
}

static struct __polycode_value *read_value(void)
{
    struct __polycode_value *value;

    skip_spaces();
    switch (*at) {
    case '"':
        return read_text();
    case '[':
        return read_entries(__POLYCODE_ARRAY, ']');
    case '{':
        value = read_entries(__POLYCODE_OBJECT, '}');
        return __polycode_is_tested ? __polycode_told(value) : value;
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
        at += value->count ? value->count : *at != 0;
        return value;
    }
}

struct __polycode_value *__polycode_read(char *text)
{
    at = text;
    return read_value();
}

const struct __polycode_value *__polycode_find(const struct __polycode_value *map, const char *name)
{
    if (map->type != __POLYCODE_OBJECT)
        return NULL;
    for (const struct __polycode_value *entry = map->first; entry; entry = entry->next->next)
        if (!strcmp(entry->text, name))
            return entry->next;
    return NULL;
}

const struct __polycode_value *__polycode_member(const struct __polycode_value *map, const char *name)
{
    const struct __polycode_value *found = __polycode_find(map, name);

    if (!found)
        __polycode_fail("what is asked has no `%s`", name);
    return found;
}
