def total(wHM2x, numerator, measurements):
    for measurement in measurements:
        numerator += measurement * wHM2x
    return numerator
