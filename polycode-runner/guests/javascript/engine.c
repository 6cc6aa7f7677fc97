/* What the prelude needs from the engine itself: values that scripts can't look into, jobs,
 * time, and the compiler. Included by main.c. */

#include <time.h>

/* Calls a function that the prelude has put into `native`. */
static JSValue call_hook(const char *name, int argc, JSValueConst *argv)
{
    JSValue hook = JS_GetPropertyStr(context, native, name);
    JSValue result = JS_Call(context, hook, JS_UNDEFINED, argc, argv);
    JS_FreeValue(context, hook);
    return result;
}

static void add_functions(const JSCFunctionListEntry *functions, int count)
{
    JS_SetPropertyFunctionList(context, native, functions, count);
}

/* The engine's name of an object's class: "Map", "Promise", "Map Iterator" … */
static JSValue native_class_name(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSClassID id = JS_GetClassID(argv[0]);
    JSAtom name;
    JSValue text;

    if (!JS_IsObject(argv[0]) || id == JS_INVALID_CLASS_ID)
        return JS_UNDEFINED;
    name = JS_GetClassName(ctx->rt, id);
    text = JS_AtomToString(ctx, name);
    JS_FreeAtom(ctx, name);
    return text;
}

/* [state, result] of a promise; state 0 is pending, 1 fulfilled, 2 rejected. */
static JSValue native_promise_state(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSValue pair = JS_NewArray(ctx);
    JSPromiseStateEnum state = JS_PromiseState(ctx, argv[0]);

    if (JS_IsException(pair))
        return pair;
    JS_SetPropertyUint32(ctx, pair, 0, JS_NewInt32(ctx, (int)state));
    if (state != JS_PROMISE_PENDING)
        JS_SetPropertyUint32(ctx, pair, 1, JS_PromiseResult(ctx, argv[0]));
    return pair;
}

static JSValue native_proxy_target(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    return JS_GetProxyTarget(ctx, argv[0]);
}

/* Runs jobs until none is left. */
static JSValue native_run_jobs(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSContext *job_context;
    int result;

    while ((result = JS_ExecutePendingJob(ctx->rt, &job_context)) > 0)
        continue;
    return result < 0 ? JS_EXCEPTION : JS_UNDEFINED;
}

/* Monotonic nanoseconds, as a BigInt. */
static JSValue native_now(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return JS_NewBigInt64(ctx, (int64_t)now.tv_sec * 1000000000 + now.tv_nsec);
}

/* Monotonic milliseconds, whole microseconds. */
static JSValue native_milliseconds(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return JS_NewFloat64(ctx, (double)((int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000) / 1000);
}

/* sleep(milliseconds) */
static JSValue native_sleep(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    double milliseconds;
    struct timespec duration;

    if (JS_ToFloat64(ctx, &milliseconds, argv[0]) < 0)
        return JS_EXCEPTION;
    duration.tv_sec = (time_t)(milliseconds / 1000);
    duration.tv_nsec = (long)((milliseconds - (double)duration.tv_sec * 1000) * 1000000);
    clock_nanosleep(CLOCK_MONOTONIC, 0, &duration, NULL);
    return JS_UNDEFINED;
}

static JSValue native_exit(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    int32_t code = 1;

    JS_ToInt32(ctx, &code, argv[0]);
    _exit(code);
}

/* evalScript(source, fileName, firstLine): the value of a script, which may be a function;
 * checkScript only compiles it. The public way in does not take a first line of 0, which the
 * wrapper around a file needs. */
static JSValue native_eval_script(JSContext *ctx, JSValueConst this_val, int argc,
                                  JSValueConst *argv, int flags)
{
    size_t length;
    int32_t line;
    const char *source = JS_ToCStringLen(ctx, &length, argv[0]);
    const char *name = JS_ToCString(ctx, argv[1]);
    JSValue result = JS_EXCEPTION;

    if (source && name && JS_ToInt32(ctx, &line, argv[2]) == 0)
        result = JS_EvalInternal(ctx, ctx->global_obj, source, length, name, line,
                                 JS_EVAL_TYPE_GLOBAL | flags, -1);
    JS_FreeCString(ctx, name);
    JS_FreeCString(ctx, source);
    if (flags == 0 || JS_IsException(result))
        return result;
    JS_FreeValue(ctx, result);
    return JS_UNDEFINED;
}

/* Tells the prelude of a promise that was rejected, or handled after all. */
static void track_rejection(JSContext *ctx, JSValueConst promise, JSValueConst reason,
                            bool is_handled, void *opaque)
{
    JSValueConst args[] = { promise, reason, JS_NewBool(ctx, is_handled) };
    JSValue result = call_hook("onRejection", 3, args);

    if (JS_IsException(result))
        JS_FreeValue(ctx, JS_GetException(ctx));
    JS_FreeValue(ctx, result);
}

static void add_engine_functions(void)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("className", 1, native_class_name),
        JS_CFUNC_DEF("promiseState", 1, native_promise_state),
        JS_CFUNC_DEF("proxyTarget", 1, native_proxy_target),
        JS_CFUNC_DEF("runJobs", 0, native_run_jobs),
        JS_CFUNC_DEF("now", 0, native_now),
        JS_CFUNC_DEF("milliseconds", 0, native_milliseconds),
        JS_CFUNC_DEF("sleep", 1, native_sleep),
        JS_CFUNC_DEF("exit", 1, native_exit),
        JS_CFUNC_MAGIC_DEF("evalScript", 3, native_eval_script, 0),
        JS_CFUNC_MAGIC_DEF("checkScript", 3, native_eval_script, JS_EVAL_FLAG_COMPILE_ONLY),
    };

    add_functions(functions, countof(functions));
    JS_SetHostPromiseRejectionTracker(runtime, track_rejection, NULL);
}
