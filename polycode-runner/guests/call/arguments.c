/* From values of JSON to those of a program. */
#include "inside.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct __polycode_value value;

static const char *const TYPES[] = { "null", "true or false", "a number", "a text", "a list", "a map", "a function of the tests",
    "something of the program" };

/* Bytes that a text of C may grow by. */
enum { ROOM = 4096 };

static _Bool is_list(int kind)
{
    return kind & __POLYCODE_LIST;
}

static int plain(int kind)
{
    return kind & ~(__POLYCODE_LIST | __POLYCODE_CHANGES);
}

static _Bool is_integer(int kind)
{
    return kind >= __POLYCODE_INTEGER && kind <= __POLYCODE_UNSIGNED_LONG_LONG;
}

/* An integer of C, as the value that it would have been given as. */
static const value *length_of(const value *list)
{
    value *length = __polycode_room(sizeof *length);
    char *text = __polycode_room(12);

    *length = (value){ .type = __POLYCODE_NUMBER, .text = text };
    length->count = (unsigned)snprintf(text, 12, "%u", list->type == __POLYCODE_ARRAY ? list->count : 0);
    return length;
}

void __polycode_parameters(const unsigned char *kinds, int count)
{
    int given = (int)__polycode_call.given->count, lengths = 0;

    for (int i = 1; i < count; i++)
        lengths += is_list(kinds[i - 1]) && is_integer(kinds[i]);
    if (given != count && given != count - lengths) {
        char without[64] = "";
        if (lengths)
            snprintf(without, sizeof without, ", or %d without the lengths of lists", count - lengths);
        __polycode_fail("%s takes %d argument%s%s, and is given %d", __polycode_call.name, count, count == 1 ? "" : "s",
            without, given);
    }
    __polycode_call.arguments = __polycode_room(sizeof(value *) * (size_t)count);
    __polycode_call.numbers = __polycode_room(sizeof(int) * (size_t)count);
    const value *next = __polycode_call.given->first;
    for (int i = 0, number = 0; i < count; i++) {
        __polycode_call.numbers[i] = -1;
        if (given != count && i > 0 && is_list(kinds[i - 1]) && is_integer(kinds[i])) {
            __polycode_call.arguments[i] = length_of(__polycode_call.arguments[i - 1]);
            continue;
        }
        __polycode_call.numbers[i] = number++;
        __polycode_call.arguments[i] = next;
        next = next->next;
    }
}

const value *__polycode_argument(int parameter)
{
    __polycode_call.parameter = parameter + 1;
    return __polycode_call.arguments[parameter];
}

/* What is taken: a parameter, or else what a function of the tests returns. */
static const char *what(void)
{
    static char words[256];

    if (__polycode_call.parameter)
        snprintf(words, sizeof words, "parameter %d of %s", __polycode_call.parameter, __polycode_call.name);
    else
        snprintf(words, sizeof words, "what a function returns to %s", __polycode_call.name);
    return words;
}

void __polycode_wrong_type(const value *from, const char *wanted)
{
    __polycode_fail("%s is %s, and is given %s", what(), wanted, TYPES[from->type]);
}

void __polycode_wrong_count(const value *from, unsigned wanted)
{
    __polycode_fail("%s is a list of %u, and is given %u", what(), wanted, from->count);
}

static _Noreturn void does_not_fit(const value *from, const char *type)
{
    __polycode_fail("%s is %s: %.*s does not fit", what(), type, (int)from->count, from->text);
}

static const value *expect(const value *from, enum __polycode_type type, const char *wanted)
{
    if (from->type != type)
        __polycode_wrong_type(from, wanted);
    return from;
}

_Bool __polycode_take_bool(const value *from)
{
    return expect(from, __POLYCODE_TRUTH, "a bool")->truth;
}

char __polycode_take_char(const value *from)
{
    static const char WANTED[] = "a char, a text of one byte";

    if (expect(from, __POLYCODE_STRING, WANTED)->count != 1)
        __polycode_fail("%s is %s, and is given one of %u", what(), WANTED, from->count);
    return *from->text;
}

/* Whether a number is no integer as it is written; then it is that one. */
static _Bool is_floating(const value *from, double *number)
{
    for (unsigned i = 0; i < from->count; i++) {
        if (!strchr("0123456789-", from->text[i])) {
            *number = strtod(from->text, NULL);
            return 1;
        }
    }
    return 0;
}

long long __polycode_take_signed(const value *from, int bytes)
{
    char type[40];
    double floating;
    long long number = 0, most = LLONG_MAX >> (64 - 8 * bytes);

    snprintf(type, sizeof type, "an integer of %d bits", 8 * bytes);
    expect(from, __POLYCODE_NUMBER, type);
    errno = 0;
    if (!is_floating(from, &floating))
        number = strtoll(from->text, NULL, 10);
    else if (floating == trunc(floating) && fabs(floating) < 0x1p63)
        number = (long long)floating;
    else
        errno = ERANGE;
    if (errno || number > most || number < -most - 1)
        does_not_fit(from, type);
    return number;
}

unsigned long long __polycode_take_unsigned(const value *from, int bytes)
{
    char type[48];
    double floating;
    unsigned long long number = 0;

    snprintf(type, sizeof type, "an unsigned integer of %d bits", 8 * bytes);
    expect(from, __POLYCODE_NUMBER, type);
    errno = 0;
    if (!is_floating(from, &floating))
        number = strtoull(from->text, NULL, 10);
    else if (floating == trunc(floating) && floating < 0x1p64)
        number = (unsigned long long)fabs(floating);
    else
        errno = ERANGE;
    if (errno || *from->text == '-' || number > ULLONG_MAX >> (64 - 8 * bytes))
        does_not_fit(from, type);
    return number;
}

double __polycode_take_number(const value *from)
{
    return strtod(expect(from, __POLYCODE_NUMBER, "a floating-point number")->text, NULL);
}

const char *__polycode_take_text(const value *from)
{
    return expect(from, __POLYCODE_STRING, "a text")->text;
}

const value *__polycode_take_list(const value *from)
{
    return expect(from, __POLYCODE_ARRAY, "a list")->first;
}

const value *__polycode_take_map(const value *from)
{
    return expect(from, __POLYCODE_OBJECT, "a map")->first;
}

/* What follows is of C alone: places that are passed, and are looked at again afterwards. */

/* Places stay where they are: a program may keep them. */
static void *kept(size_t bytes)
{
    void *place = malloc(bytes ? bytes : 1);

    if (!place)
        __polycode_fail("there is no memory for %zu bytes", bytes);
    return place;
}

static void give_change(const struct __polycode_place *place)
{
    if (is_list(place->kind))
        __polycode_give_list(place->items, place->kind, place->count);
    else
        __polycode_give_text(place->items);
}

static void remember(void *items, int kind, unsigned count)
{
    struct __polycode_place *place = __polycode_room(sizeof *place);
    int parameter = __polycode_call.parameter - 1;

    *place = (struct __polycode_place){ .items = items, .kind = kind, .count = count, .parameter = parameter };
    if (__polycode_is_tested) {
        size_t part = __polycode_part();
        give_change(place);
        place->before = __polycode_taken(part);
    }
    if (!__polycode_call.places)
        __polycode_call.last_place = &__polycode_call.places;
    *__polycode_call.last_place = place;
    __polycode_call.last_place = (const struct __polycode_place **)&place->next;
}

static long long integer(const value *from, int kind)
{
    switch (kind) {
    case __POLYCODE_BOOLEAN:
        return __polycode_take_bool(from);
    case __POLYCODE_CHAR:
        return __polycode_take_char(from);
    default:
        return kind < __POLYCODE_UNSIGNED ? __polycode_take_signed(from, 1 << (kind - __POLYCODE_SIGNED))
            : (long long)__polycode_take_unsigned(from, 1 << (kind - __POLYCODE_UNSIGNED));
    }
}

long long __polycode_take_integer(int parameter, int kind)
{
    return integer(__polycode_argument(parameter), kind);
}

double __polycode_take_floating(int parameter, int kind)
{
    (void)kind;
    return __polycode_take_number(__polycode_argument(parameter));
}

/* A text of C, which ends at its first zero and has room to grow where it may be changed. */
static char *text(const value *from, size_t room)
{
    const char *bytes = __polycode_take_text(from);

    if (strlen(bytes) != from->count)
        __polycode_fail("%s is a text that ends with a zero, and is given one with a zero in it", what());
    char *copy = kept(from->count + 1 + room);
    memset(copy, 0, from->count + 1 + room);
    return memcpy(copy, bytes, from->count);
}

static void fill(void *items, unsigned i, int kind, const value *from)
{
    switch (kind) {
    case __POLYCODE_TEXT:
        ((char **)items)[i] = from->type == __POLYCODE_NULL ? NULL : text(from, 0);
        return;
    case __POLYCODE_FLOAT:
        ((float *)items)[i] = (float)__polycode_take_number(from);
        return;
    case __POLYCODE_DOUBLE:
        ((double *)items)[i] = __polycode_take_number(from);
        return;
    case __POLYCODE_LONG_DOUBLE:
        ((long double *)items)[i] = __polycode_take_number(from);
        return;
    default:
        break;
    }
    long long number = integer(from, kind);
    switch (kind) {
    case __POLYCODE_SHORT:
    case __POLYCODE_UNSIGNED_SHORT:
        ((short *)items)[i] = (short)number;
        return;
    case __POLYCODE_INT:
    case __POLYCODE_UNSIGNED_INT:
        ((int *)items)[i] = (int)number;
        return;
    case __POLYCODE_LONG_LONG:
    case __POLYCODE_UNSIGNED_LONG_LONG:
        ((long long *)items)[i] = number;
        return;
    default:
        ((char *)items)[i] = (char)number;
    }
}

static size_t size_of(int kind)
{
    switch (kind) {
    case __POLYCODE_SHORT:
    case __POLYCODE_UNSIGNED_SHORT:
        return sizeof(short);
    case __POLYCODE_INT:
    case __POLYCODE_UNSIGNED_INT:
        return sizeof(int);
    case __POLYCODE_LONG_LONG:
    case __POLYCODE_UNSIGNED_LONG_LONG:
        return sizeof(long long);
    case __POLYCODE_FLOAT:
        return sizeof(float);
    case __POLYCODE_DOUBLE:
        return sizeof(double);
    case __POLYCODE_LONG_DOUBLE:
        return sizeof(long double);
    case __POLYCODE_TEXT:
        return sizeof(char *);
    default:
        return sizeof(char);
    }
}

void *__polycode_take_pointer(int parameter, int kind)
{
    const value *from = __polycode_argument(parameter);
    void *items;

    if (from->type == __POLYCODE_NULL)
        return NULL;
    if (!is_list(kind)) {
        items = text(from, kind & __POLYCODE_CHANGES ? ROOM : 0);
    } else {
        const value *entry = __polycode_take_list(from);
        items = kept(size_of(plain(kind)) * from->count);
        for (unsigned i = 0; entry; entry = entry->next)
            fill(items, i++, plain(kind), entry);
    }
    if (kind & __POLYCODE_CHANGES)
        remember(items, kind & ~__POLYCODE_CHANGES, from->count);
    return items;
}

void __polycode_give_changes(void)
{
    const struct __polycode_place *places = __polycode_call.places;

    if (!places) {
        __polycode_give("null");
        return;
    }
    if (places->next)
        __polycode_give("[");
    for (const struct __polycode_place *place = places; place; place = place->next) {
        give_change(place);
        if (places->next)
            __polycode_give(place->next ? "," : "]");
    }
}

void __polycode_take_place(void *to, int parameter, int kind)
{
    if (kind & __POLYCODE_LIST || (kind & ~__POLYCODE_CHANGES) == __POLYCODE_TEXT)
        *(void **)to = __polycode_take_pointer(parameter, kind);
    else
        fill(to, 0, kind, __polycode_argument(parameter));
}

void __polycode_take_value(void *to, const value *from, int kind)
{
    fill(to, 0, plain(kind), from);
}

void __polycode_put_changes(void)
{
    for (const struct __polycode_place *place = __polycode_call.places; place; place = place->next) {
        size_t part = __polycode_part();
        give_change(place);
        __polycode_put_change(place->parameter, place->before, part);
    }
}

void __polycode_put_change(int parameter, const char *before, size_t part)
{
    const value *given = __polycode_call.arguments[parameter];
    const char *now = __polycode_taken(part);
    char number[24];

    if ((given->type != __POLYCODE_ARRAY && given->type != __POLYCODE_OBJECT) || !strcmp(before, now))
        return;
    snprintf(number, sizeof number, "%s[%d,", __polycode_call.changed++ ? "," : ",\"changed\":[", __polycode_call.numbers[parameter]);
    __polycode_give(number);
    __polycode_give(now);
    __polycode_give("]");
}
