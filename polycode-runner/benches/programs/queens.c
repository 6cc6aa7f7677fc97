#include <stdio.h>

static int columns[16], left[32], right[32];

static int place(int row, int size) {
    if (row == size) return 1;
    int found = 0;
    for (int column = 0; column < size; column++) {
        int a = row + column, b = row - column + size;
        if (columns[column] || left[a] || right[b]) continue;
        columns[column] = left[a] = right[b] = 1;
        found += place(row + 1, size);
        columns[column] = left[a] = right[b] = 0;
    }
    return found;
}

int main(void) {
    printf("%d\n", place(0, 12));
    return 0;
}
