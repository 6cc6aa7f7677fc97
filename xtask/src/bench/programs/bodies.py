bodies = [
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.47841760435743],
    [4.84, -1.16, -0.10, 0.60, 2.81, -0.02, 0.03769367487038949],
    [8.34, 4.12, -0.40, -1.01, 1.82, 0.008, 0.011286326131968767],
    [12.89, -15.11, -0.22, 1.08, 0.86, -0.01, 0.0017237240570597112],
    [15.37, -25.91, 0.17, 0.97, 0.59, -0.03, 0.0020336868699246304],
]


def advance(step, times):
    pairs = [(a, b) for at, a in enumerate(bodies) for b in bodies[at + 1 :]]
    for _ in range(times):
        for a, b in pairs:
            x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
            pull = step / (x * x + y * y + z * z) ** 1.5
            to_a, to_b = b[6] * pull, a[6] * pull
            a[3] -= x * to_a
            a[4] -= y * to_a
            a[5] -= z * to_a
            b[3] += x * to_b
            b[4] += y * to_b
            b[5] += z * to_b
        for body in bodies:
            body[0] += step * body[3]
            body[1] += step * body[4]
            body[2] += step * body[5]


advance(0.01, 60_000)
print(f"{bodies[1][0]:.6f}")
