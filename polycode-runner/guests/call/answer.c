/* From values of a program to JSON. */
#include "inside.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* From here on a number of JSON may not be read as the same. */
static const long long LARGE = 1LL << 53;

static char *answer;
static size_t used, room;

const char *__polycode_answer(size_t *length)
{
    *length = used;
    return answer;
}

size_t __polycode_part(void)
{
    return used;
}

const char *__polycode_taken(size_t part)
{
    char *text = __polycode_room(used - part + 1);

    memcpy(text, answer + part, used - part);
    text[used - part] = 0;
    used = part;
    return text;
}

static void put(const char *bytes, size_t count)
{
    if (count > room - used) {
        size_t more = 2 * room + count + 256;
        char *larger = realloc(answer, more);
        if (!larger)
            __polycode_fail("there is no memory for a result of %zu bytes", more);
        answer = larger;
        room = more;
    }
    memcpy(answer + used, bytes, count);
    used += count;
}

static _Noreturn void is_no_json(const char *why)
{
    __polycode_fail("what %s returned is not JSON: %s", __polycode_call.name, why);
}

void __polycode_give(const char *json)
{
    put(json, strlen(json));
}

void __polycode_give_bool(_Bool truth)
{
    __polycode_give(truth ? "true" : "false");
}

void __polycode_give_char(char character)
{
    __polycode_give_bytes(&character, 1);
}

/* Tests are told large integers as texts: not every language has them as numbers of JSON. */
static void give_integer(const char *digits, _Bool is_large)
{
    is_large = is_large && __polycode_is_tested;
    __polycode_give(is_large ? "{\"int\":\"" : "");
    __polycode_give(digits);
    __polycode_give(is_large ? "\"}" : "");
}

void __polycode_give_signed(long long number)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", number);
    give_integer(text, number >= LARGE || number <= -LARGE);
}

void __polycode_give_unsigned(unsigned long long number)
{
    char text[24];

    snprintf(text, sizeof text, "%llu", number);
    give_integer(text, number >= LARGE);
}

/* The fewest digits that are read as the same number. */
static void give_floating(double number, int least, int most)
{
    char text[40];
    int length, digits = least;

    if (!isfinite(number) && __polycode_is_tested) {
        __polycode_give(isnan(number) ? "{\"float\":\"nan\"}" : number > 0 ? "{\"float\":\"inf\"}" : "{\"float\":\"-inf\"}");
        return;
    }
    if (!isfinite(number))
        is_no_json("a number that is not finite");
    do
        length = snprintf(text, sizeof text, "%.*g", digits, number);
    while (digits++ < most
        && (most == FLT_DECIMAL_DIG ? strtof(text, NULL) != (float)number : strtod(text, NULL) != number));
    put(text, (size_t)length);
    // It stays what it is where integers are of another type.
    if (__polycode_is_tested && !strpbrk(text, ".e"))
        put(".0", 2);
}

void __polycode_give_float(float number)
{
    give_floating(number, FLT_DIG, FLT_DECIMAL_DIG);
}

void __polycode_give_number(double number)
{
    give_floating(number, DBL_DIG, DBL_DECIMAL_DIG);
}

/* The bytes of a character in UTF-8 (RFC 3629); 0 when they are none. */
static size_t character(const unsigned char *text, size_t left)
{
    unsigned char first = text[0], low = 0x80, high = 0xBF;
    size_t length;

    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        length = 2;
    else if (first >= 0xE0 && first <= 0xEF)
        length = 3;
    else if (first >= 0xF0 && first <= 0xF4)
        length = 4;
    else
        return 0;
    if (length > left)
        return 0;
    if (first == 0xE0)
        low = 0xA0;
    else if (first == 0xED)
        high = 0x9F;
    else if (first == 0xF0)
        low = 0x90;
    else if (first == 0xF4)
        high = 0x8F;
    if (text[1] < low || text[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if (text[i] < 0x80 || text[i] > 0xBF)
            return 0;
    return length;
}

static _Bool is_utf8(const char *text, size_t count)
{
    for (size_t i = 0, length; i < count; i += length)
        if (!(length = character((const unsigned char *)text + i, count - i)))
            return 0;
    return 1;
}

/* What is no text, in hexadecimal digits. */
static void give_hex(const char *bytes, size_t count)
{
    char digits[3];

    __polycode_give("{\"bytes\":\"");
    for (size_t i = 0; i < count; i++) {
        snprintf(digits, sizeof digits, "%02x", (unsigned char)bytes[i]);
        put(digits, 2);
    }
    __polycode_give("\"}");
}

void __polycode_give_bytes(const char *text, size_t count)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t begin = 0;

    if (!is_utf8(text, count)) {
        if (!__polycode_is_tested)
            is_no_json("a text that is not UTF-8");
        give_hex(text, count);
        return;
    }

    put("\"", 1);
    for (size_t i = 0; i < count;) {
        unsigned char byte = bytes[i];
        if (byte >= ' ' && byte != '"' && byte != '\\') {
            i++;
            continue;
        }
        char escaped[8];
        put(text + begin, i - begin);
        put(escaped, (size_t)snprintf(escaped, sizeof escaped, "\\u%04x", byte));
        begin = ++i;
    }
    put(text + begin, count - begin);
    put("\"", 1);
}

void __polycode_give_text(const char *text)
{
    if (text)
        __polycode_give_bytes(text, strlen(text));
    else
        __polycode_give("null");
}

static void give_item(const void *items, long long i, int kind)
{
    switch (kind) {
    case __POLYCODE_CHAR:
        __polycode_give_char(((const char *)items)[i]);
        return;
    case __POLYCODE_BOOLEAN:
        __polycode_give_bool(((const _Bool *)items)[i]);
        return;
    case __POLYCODE_SIGNED:
        __polycode_give_signed(((const signed char *)items)[i]);
        return;
    case __POLYCODE_SHORT:
        __polycode_give_signed(((const short *)items)[i]);
        return;
    case __POLYCODE_INT:
        __polycode_give_signed(((const int *)items)[i]);
        return;
    case __POLYCODE_LONG_LONG:
        __polycode_give_signed(((const long long *)items)[i]);
        return;
    case __POLYCODE_UNSIGNED:
        __polycode_give_unsigned(((const unsigned char *)items)[i]);
        return;
    case __POLYCODE_UNSIGNED_SHORT:
        __polycode_give_unsigned(((const unsigned short *)items)[i]);
        return;
    case __POLYCODE_UNSIGNED_INT:
        __polycode_give_unsigned(((const unsigned *)items)[i]);
        return;
    case __POLYCODE_UNSIGNED_LONG_LONG:
        __polycode_give_unsigned(((const unsigned long long *)items)[i]);
        return;
    case __POLYCODE_FLOAT:
        __polycode_give_float(((const float *)items)[i]);
        return;
    case __POLYCODE_DOUBLE:
        __polycode_give_number(((const double *)items)[i]);
        return;
    case __POLYCODE_LONG_DOUBLE:
        __polycode_give_number((double)((const long double *)items)[i]);
        return;
    default:
        __polycode_give_text(((const char *const *)items)[i]);
    }
}

void __polycode_give_list(const void *items, int kind, long long count)
{
    if (!items) {
        __polycode_give("null");
        return;
    }
    __polycode_give("[");
    for (long long i = 0; i < count; i++) {
        if (i)
            __polycode_give(",");
        give_item(items, i, kind & ~(__POLYCODE_LIST | __POLYCODE_CHANGES));
    }
    __polycode_give("]");
}

void __polycode_give_place(const void *place, int kind)
{
    give_item(place, 0, kind & ~__POLYCODE_CHANGES);
}
