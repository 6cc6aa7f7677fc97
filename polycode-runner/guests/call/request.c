/* Reads what is asked, and calls the function. */
#include "inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char REQUEST[] = "/run/request.json";
static const char ANSWER[] = "/run/answer";

struct __polycode_call __polycode_call;

static char *read_request(void)
{
    FILE *file = fopen(REQUEST, "rb");
    size_t length = 0, room = 1 << 12;
    char *text = malloc(room);

    if (!file || !text)
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
    const struct __polycode_value *call = __polycode_member(__polycode_read(read_request()), "call");
    __polycode_call.name = __polycode_member(call, "function")->text;
    __polycode_call.given = __polycode_member(call, "args");
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

    va_start(parts, format);
    if (__polycode_is_tested)
        __polycode_raise("TypeError", format, parts);
    fflush(stdout);
    vfprintf(stderr, format, parts);
    va_end(parts);
    fputc('\n', stderr);
    exit(1);
}
