/* The Lua guest: Lua with a small host of ours around it.
 *
 * It is a WASI reactor. `init` opens the libraries and runs the prelude, after which the whole
 * memory is taken as a snapshot; a run starts from that snapshot and calls `turn`, which reads
 * /run/request.json.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"

#define EXPORT(name) __attribute__((export_name(name), used))

static lua_State *state;

/* What a jump out of a protected call throws; the C library leaves it to the program. */
__asm__(".globl __c_longjmp\n"
        ".tagtype __c_longjmp i32\n"
        "__c_longjmp:\n");

/* Nanoseconds of the clock when the run began. */
static long long began;

static long long now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* Sleeping takes fuel and no time. What a throw takes was measured. */
void charge_throw(void)
{
    static const struct timespec duration = { .tv_nsec = 1500 };

    clock_nanosleep(CLOCK_MONOTONIC, 0, &duration, NULL);
}

/* `os.clock`: there is no clock of the processor, but the sandbox's moves with the work done. */
static int os_clock(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)(now() - began) / 1e9);
    return 1;
}

struct part {
    const char *name;
    const char *start;
    size_t length;
};

static const char json_lua[] = {
#embed "prelude/json.lua"
};
static const char main_lua[] = {
#embed "prelude/main.lua"
};

static const struct part prelude[] = {
    { "=polycode:json", json_lua, sizeof(json_lua) },
    { "=polycode:main", main_lua, sizeof(main_lua) },
};

/* What the parts of the prelude share is the one argument of each, kept in the registry. */
#define SHARED "polycode"

static void load_part(const struct part *part)
{
    if (luaL_loadbufferx(state, part->start, part->length, part->name, "t") == LUA_OK) {
        lua_getfield(state, LUA_REGISTRYINDEX, SHARED);
        if (lua_pcall(state, 1, 0, 0) == LUA_OK)
            return;
    }
    fprintf(stderr, "%s\n", lua_tostring(state, -1));
    _exit(1);
}

EXPORT("init") void guest_init(void)
{
    state = luaL_newstate();
    if (!state)
        _exit(1);
    luaL_openlibs(state);
    lua_getglobal(state, "os");
    lua_pushcfunction(state, os_clock);
    lua_setfield(state, -2, "clock");
    lua_pop(state, 1);
    lua_newtable(state);
    lua_setfield(state, LUA_REGISTRYINDEX, SHARED);
    for (size_t i = 0; i < sizeof(prelude) / sizeof(prelude[0]); i++)
        load_part(&prelude[i]);
    /* Nothing may be left in a buffer when a limit ends the run. */
    setvbuf(stdout, NULL, _IONBF, 0);
    lua_gc(state, LUA_GCCOLLECT);
}

EXPORT("host_alloc") void *host_alloc(size_t length)
{
    return malloc(length ? length : 1);
}

/* Runs what /run/request.json asks for; the text that is passed is not needed. */
EXPORT("turn") int turn(const char *text, size_t length)
{
    lua_Integer seed[2] = { 0, 0 };
    int code = 1;

    (void)text;
    (void)length;
    began = now();
    if (chdir("/box") != 0 || getentropy(seed, sizeof(seed)) != 0)
        _exit(1);
    lua_getfield(state, LUA_REGISTRYINDEX, SHARED);
    lua_getfield(state, -1, "start");
    lua_pushinteger(state, seed[0]);
    lua_pushinteger(state, seed[1]);
    if (lua_pcall(state, 2, 1, 0) == LUA_OK)
        code = (int)lua_tointeger(state, -1);
    else
        fprintf(stderr, "lua: %s\n", lua_tostring(state, -1));
    /* Finalisers run, as they do at the end of every program. */
    lua_close(state);
    exit(code);
}
