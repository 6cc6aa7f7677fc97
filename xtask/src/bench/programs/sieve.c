#include <stdio.h>
#include <string.h>

static char composite[20000001];

int main(void) {
    int found = 0;
    for (int turn = 0; turn < 2; turn++) {
        memset(composite, 0, sizeof composite);
        found = 0;
        for (int n = 2; n <= 20000000; n++) {
            if (composite[n]) continue;
            found++;
            for (long long m = (long long)n * n; m <= 20000000; m += n) composite[m] = 1;
        }
    }
    printf("%d\n", found);
    return 0;
}
