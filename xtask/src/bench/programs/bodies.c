#include <math.h>
#include <stdio.h>

static double bodies[5][7] = {
    {0, 0, 0, 0, 0, 0, 39.47841760435743},
    {4.84, -1.16, -0.10, 0.60, 2.81, -0.02, 0.03769367487038949},
    {8.34, 4.12, -0.40, -1.01, 1.82, 0.008, 0.011286326131968767},
    {12.89, -15.11, -0.22, 1.08, 0.86, -0.01, 0.0017237240570597112},
    {15.37, -25.91, 0.17, 0.97, 0.59, -0.03, 0.0020336868699246304},
};

static void advance(double step) {
    for (int i = 0; i < 5; i++) {
        for (int j = i + 1; j < 5; j++) {
            double *a = bodies[i], *b = bodies[j];
            double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
            double square = x * x + y * y + z * z;
            double pull = step / (square * sqrt(square));
            for (int k = 0; k < 3; k++) {
                double way = k == 0 ? x : k == 1 ? y : z;
                a[3 + k] -= way * b[6] * pull;
                b[3 + k] += way * a[6] * pull;
            }
        }
    }
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < 3; k++) bodies[i][k] += step * bodies[i][3 + k];
}

int main(void) {
    for (int turn = 0; turn < 4000000; turn++) advance(0.01);
    printf("%.3f\n", bodies[1][0] > 1e9 ? 0 : bodies[0][0]);
    return 0;
}
