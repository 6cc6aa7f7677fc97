#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct count { char word[16]; int count; };

static struct count counts[64];

static struct count *find(const char *word) {
    unsigned hash = 5381;
    for (const char *at = word; *at; at++) hash = hash * 33 + (unsigned char)*at;
    while (counts[hash % 64].count && strcmp(counts[hash % 64].word, word)) hash++;
    return &counts[hash % 64];
}

static int longest(const void *a, const void *b) {
    const struct count *one = a, *other = b;
    return one->count != other->count ? other->count - one->count : strcmp(one->word, other->word);
}

int main(void) {
    const char *text = "the quick brown fox jumps over the lazy dog and runs away from it";
    for (int turn = 0; turn < 500000; turn++) {
        char *line = strdup(text);
        for (char *word = strtok(line, " "); word; word = strtok(NULL, " ")) {
            char key[16];
            size_t size = strlen(word);
            for (size_t at = 0; at < size; at++) key[at] = toupper((unsigned char)word[size - 1 - at]);
            key[size] = 0;
            struct count *count = find(key);
            strcpy(count->word, key);
            count->count += size;
        }
        free(line);
    }
    qsort(counts, 64, sizeof *counts, longest);
    for (int at = 0; counts[at].count; at++) printf("%s%s=%d", at ? "," : "", counts[at].word, counts[at].count);
    puts("");
    return 0;
}
