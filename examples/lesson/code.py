def total(measurements, numerator, wHM2x):
    for measurement in measurements:
        numerator += measurement * wHM2x
    return numerator
