/* Files as a whole, and how a run ends that fails. Included by main.c. */

/* A text with a zero after its end. */
struct text {
    char *bytes;
    size_t length;
};

static void write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

/* Says what went wrong, and ends the run. */
static void fail(const char *format, ...)
{
    va_list list;
    char *text;

    va_start(list, format);
    text = sqlite3_vmprintf(format, list);
    va_end(list);
    if (text) {
        write_all(2, text, strlen(text));
        write_all(2, "\n", 1);
    }
    _exit(1);
}

static int read_file(const char *path, struct text *out)
{
    size_t capacity = 4096;
    int fd = open(path, O_RDONLY);
    ssize_t count = 0;

    if (fd < 0)
        return -1;
    out->length = 0;
    out->bytes = malloc(capacity);
    while (out->bytes
           && (count = read(fd, out->bytes + out->length, capacity - out->length - 1)) > 0) {
        out->length += (size_t)count;
        if (out->length + 1 == capacity)
            out->bytes = realloc(out->bytes, capacity *= 2);
    }
    close(fd);
    if (!out->bytes)
        fail("%s: out of memory", path);
    out->bytes[out->length] = 0;
    return count < 0 ? -1 : 0;
}

static void write_answer(const char *bytes, size_t length)
{
    int fd = open("/run/answer", O_WRONLY);

    write_all(fd, bytes, length);
    close(fd);
}
