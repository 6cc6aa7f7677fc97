/* Files, as the prelude's `fs` and streams need them: absolute paths, bytes, errno. Included by
 * main.c. Standard C streams are not used, so that nothing is left in a buffer on a trap. */

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

static int write_bytes(int fd, const uint8_t *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return -1;
        }
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

/* A text as UTF-8, or the bytes of a typed array; `text` is to be freed if it is set. */
static const uint8_t *bytes_of(JSContext *ctx, JSValueConst value, size_t *length, const char **text)
{
    *text = NULL;
    if (JS_IsString(value))
        return (const uint8_t *)(*text = JS_ToCStringLen(ctx, length, value));
    return JS_GetUint8Array(ctx, length, value);
}

/* write(fd, string | Uint8Array) */
static JSValue native_write(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    int32_t fd;
    size_t length = 0;
    const char *text;
    const uint8_t *bytes;
    int result;

    if (JS_ToInt32(ctx, &fd, argv[0]) < 0)
        return JS_EXCEPTION;
    bytes = bytes_of(ctx, argv[1], &length, &text);
    if (!bytes)
        return JS_EXCEPTION;
    result = write_bytes(fd, bytes, length);
    JS_FreeCString(ctx, text);
    return result < 0 ? throw_errno(ctx, errno) : JS_NewInt64(ctx, (int64_t)length);
}

/* read(fd, Uint8Array): how many bytes were read, 0 at the end. */
static JSValue native_read(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    int32_t fd;
    size_t length;
    uint8_t *bytes;
    ssize_t count;

    if (JS_ToInt32(ctx, &fd, argv[0]) < 0)
        return JS_EXCEPTION;
    bytes = JS_GetUint8Array(ctx, &length, argv[1]);
    if (!bytes)
        return JS_EXCEPTION;
    count = read(fd, bytes, length);
    return count < 0 ? throw_errno(ctx, errno) : JS_NewInt64(ctx, count);
}

/* readAll(fd): a Uint8Array of all that is left. */
static JSValue native_read_all(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    int32_t fd;
    DynBuf buffer;
    ssize_t count;
    JSValue result;

    if (JS_ToInt32(ctx, &fd, argv[0]) < 0)
        return JS_EXCEPTION;
    js_dbuf_init(ctx, &buffer);
    for (;;) {
        if (dbuf_claim(&buffer, 65536)) {
            dbuf_free(&buffer);
            return JS_ThrowOutOfMemory(ctx);
        }
        count = read(fd, buffer.buf + buffer.size, 65536);
        if (count <= 0)
            break;
        buffer.size += (size_t)count;
    }
    result = count < 0 ? throw_errno(ctx, errno)
                       : JS_NewUint8ArrayCopy(ctx, buffer.buf, buffer.size);
    dbuf_free(&buffer);
    return result;
}

/* readText(path): a whole file as text. The way that every run takes, so it is a short one. */
static JSValue native_read_text(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    const char *path = JS_ToCString(ctx, argv[0]);
    int fd = path ? open(path, O_RDONLY) : -1;
    size_t capacity = 4096;
    size_t length = 0;
    ssize_t count = 0;
    char *buffer;
    JSValue text;

    JS_FreeCString(ctx, path);
    if (fd < 0)
        return throw_errno(ctx, errno);
    buffer = js_malloc(ctx, capacity);
    while (buffer && (count = read(fd, buffer + length, capacity - length)) > 0) {
        length += (size_t)count;
        if (length == capacity)
            buffer = js_realloc(ctx, buffer, capacity *= 2);
    }
    close(fd);
    if (!buffer)
        return JS_EXCEPTION;
    text = count < 0 ? throw_errno(ctx, errno) : JS_NewStringLen(ctx, buffer, length);
    js_free(ctx, buffer);
    return text;
}

/* utf8(Uint8Array): its text; bytes that are not UTF-8 become U+FFFD. */
static JSValue native_utf8(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    size_t length;
    uint8_t *bytes = JS_GetUint8Array(ctx, &length, argv[0]);

    if (!bytes)
        return JS_EXCEPTION;
    return JS_NewStringLen(ctx, (const char *)bytes, length);
}

/* encode(string): its UTF-8 bytes. */
static JSValue native_encode(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    size_t length;
    const char *text = JS_ToCStringLen(ctx, &length, argv[0]);
    JSValue result;

    if (!text)
        return JS_EXCEPTION;
    result = JS_NewUint8ArrayCopy(ctx, (const uint8_t *)text, length);
    JS_FreeCString(ctx, text);
    return result;
}

/* open(path, flags): a descriptor; flags is made of r w a c(reate) t(runcate) x. */
static JSValue native_open(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    const char *path = JS_ToCString(ctx, argv[0]);
    const char *flags = JS_ToCString(ctx, argv[1]);
    int mode = 0;
    int fd = -1;

    if (path && flags) {
        if (strchr(flags, 'r') && strchr(flags, 'w'))
            mode = O_RDWR;
        else
            mode = strchr(flags, 'w') ? O_WRONLY : O_RDONLY;
        if (strchr(flags, 'a'))
            mode |= O_APPEND;
        if (strchr(flags, 'c'))
            mode |= O_CREAT;
        if (strchr(flags, 't'))
            mode |= O_TRUNC;
        if (strchr(flags, 'x'))
            mode |= O_EXCL;
        fd = open(path, mode, 0666);
    }
    JS_FreeCString(ctx, flags);
    JS_FreeCString(ctx, path);
    return fd < 0 ? throw_errno(ctx, errno) : JS_NewInt32(ctx, fd);
}

static JSValue native_close(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    int32_t fd;

    if (JS_ToInt32(ctx, &fd, argv[0]) < 0)
        return JS_EXCEPTION;
    return close(fd) < 0 ? throw_errno(ctx, errno) : JS_UNDEFINED;
}

/* stat(path): [kind, size, milliseconds of the last change]; kind is "file", "folder", "other". */
static JSValue native_stat(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    const char *path = JS_ToCString(ctx, argv[0]);
    struct stat st;
    int result = path ? stat(path, &st) : -1;
    const char *kind;
    JSValue list;

    JS_FreeCString(ctx, path);
    if (result < 0)
        return throw_errno(ctx, errno);
    kind = S_ISREG(st.st_mode) ? "file" : S_ISDIR(st.st_mode) ? "folder" : "other";
    list = JS_NewArray(ctx);
    JS_SetPropertyUint32(ctx, list, 0, JS_NewString(ctx, kind));
    JS_SetPropertyUint32(ctx, list, 1, JS_NewInt64(ctx, st.st_size));
    JS_SetPropertyUint32(ctx, list, 2,
                         JS_NewFloat64(ctx, (double)st.st_mtim.tv_sec * 1000
                                                + (double)st.st_mtim.tv_nsec / 1000000));
    return list;
}

static JSValue native_list(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    const char *path = JS_ToCString(ctx, argv[0]);
    DIR *folder = path ? opendir(path) : NULL;
    struct dirent *entry;
    uint32_t count = 0;
    JSValue list;

    JS_FreeCString(ctx, path);
    if (!folder)
        return throw_errno(ctx, errno);
    list = JS_NewArray(ctx);
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            JS_SetPropertyUint32(ctx, list, count++, JS_NewString(ctx, entry->d_name));
    }
    closedir(folder);
    return list;
}

enum { MAKE_FOLDER, REMOVE_FOLDER, REMOVE_FILE };

static JSValue native_path_change(JSContext *ctx, JSValueConst this_val, int argc,
                                  JSValueConst *argv, int magic)
{
    const char *path = JS_ToCString(ctx, argv[0]);
    int result = -1;

    if (path) {
        result = magic == MAKE_FOLDER     ? mkdir(path, 0777)
                 : magic == REMOVE_FOLDER ? rmdir(path)
                                          : unlink(path);
    }
    JS_FreeCString(ctx, path);
    return result < 0 ? throw_errno(ctx, errno) : JS_UNDEFINED;
}

static JSValue native_rename(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    const char *from = JS_ToCString(ctx, argv[0]);
    const char *to = JS_ToCString(ctx, argv[1]);
    int result = from && to ? rename(from, to) : -1;

    JS_FreeCString(ctx, to);
    JS_FreeCString(ctx, from);
    return result < 0 ? throw_errno(ctx, errno) : JS_UNDEFINED;
}

static void add_file_functions(void)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("write", 2, native_write),
        JS_CFUNC_DEF("read", 2, native_read),
        JS_CFUNC_DEF("readAll", 1, native_read_all),
        JS_CFUNC_DEF("readText", 1, native_read_text),
        JS_CFUNC_DEF("utf8", 1, native_utf8),
        JS_CFUNC_DEF("encode", 1, native_encode),
        JS_CFUNC_DEF("open", 2, native_open),
        JS_CFUNC_DEF("close", 1, native_close),
        JS_CFUNC_DEF("stat", 1, native_stat),
        JS_CFUNC_DEF("list", 1, native_list),
        JS_CFUNC_MAGIC_DEF("mkdir", 1, native_path_change, MAKE_FOLDER),
        JS_CFUNC_MAGIC_DEF("rmdir", 1, native_path_change, REMOVE_FOLDER),
        JS_CFUNC_MAGIC_DEF("unlink", 1, native_path_change, REMOVE_FILE),
        JS_CFUNC_DEF("rename", 2, native_rename),
    };

    add_functions(functions, countof(functions));
}
